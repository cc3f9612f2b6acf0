import { validDays } from '../commands/invitation.ts';
import type { Line } from '../flow/say.ts';
import type { RosterApplied } from './import-roster.ts';
import { roleParam } from './roster-lines.ts';

/** What an import did, in one line; the codes that it made, a line each; and how they are used, where there are any. */
export interface RosterDone {
  done: Line;
  codes: Line[];
  how: Line[];
}

export function doneLines({
  plan,
  title,
  codes,
  people,
}: Extract<RosterApplied, { kind: 'applied' }>): RosterDone {
  const { units, matters } = plan;
  const params = {
    title,
    added: units.added.length,
    changed: units.changed.length,
    matters: matters.added.length + matters.changed.length,
    people: people.length,
    codes: codes.length,
  };
  const names = new Map(plan.campaign.units.map(({ id, name }) => [id, name]));
  const held = plan.people.steps.flatMap((step) => (step.kind === 'code' ? [step.held] : []));
  return {
    done: { key: 'roster:applied', params },
    codes: codes.flatMap(({ code, title: person }, index): Line[] => {
      const own = held[index];
      if (own === undefined) return [];
      return [{ key: 'roster:code', params: { code, title: person, role: roleParam(own, names) } }];
    }),
    how: codes.length === 0 ? [] : [{ key: 'roster:codes.how', params: { days: validDays } }],
  };
}

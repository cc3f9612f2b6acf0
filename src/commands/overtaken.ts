import { didOf, nameOf } from '../conversation/ledger-post.ts';
import type { Line, Param, SentenceKey } from '../flow/say.ts';
import { lastEvents } from '../store/ledger.ts';
import { coordinatorsOf, type Reachable } from '../store/reach.ts';
import { lastTaskEvent } from '../store/task-events.ts';
import type { CommandContext } from './command.ts';
import { undoMinutes } from './deeds.ts';

/** Steps of a problem that are looked through for the last of a kind. */
const stepsMax = 20;

/** What another coordinator did a moment ago and this command changes again: of two at once neither is to be taken by surprise. */
export interface Overtaken {
  /** What whoever is second hears beside what was done. */
  line: Line;
  /** What the other one hears; `now`: how it stands. */
  told(now: Line): Line[];
  /** The other one; none who can't be written to as a coordinator any more. */
  other: Reachable[];
}

/** The last change of this kind to a problem, where another made it within the last minutes. Asked under the problem's lock. */
export async function overtakenFinding(
  context: CommandContext,
  { id, campaignId }: { id: string; campaignId: string },
  kind: 'grade' | 'change-day',
): Promise<Overtaken | null> {
  const last = (await lastEvents(context.run, id, stepsMax)).findLast((event) => event.kind === kind);
  if (last === undefined) return null;
  return overtaken(context, campaignId, { ...last, who: nameOf(last.who), did: didOf(last).key });
}

/** The same for a task. */
export async function overtakenTask(
  context: CommandContext,
  { id, campaignId }: { id: string; campaignId: string },
  kind: 'assigned' | 'extended',
): Promise<Overtaken | null> {
  const last = await lastTaskEvent(context.run, id, kind);
  if (last === null) return null;
  const who = nameOf({ title: last.title, role: last.role, unit: null });
  const did =
    kind === 'assigned' ? 'web:audit.kind.assignment.reassigned' : 'web:audit.kind.assignment.extended';
  return overtaken(context, campaignId, { by: last.by, at: last.at, who, did });
}

async function overtaken(
  { run, library, turn, at }: CommandContext,
  campaignId: string,
  last: { by: string | null; at: Date; who: Param; did: SentenceKey },
): Promise<Overtaken | null> {
  const isFresh = Date.parse(at) - last.at.getTime() <= undoMinutes * 60_000;
  if (last.by === null || last.by === turn.contact.id || !isFresh) return null;
  const { zone } = await library.campaign(campaignId);
  const all = await coordinatorsOf(run, campaignId);
  const moment = { instant: last.at.toISOString(), zone };
  const did: Param = { key: last.did };
  const params = { who: last.who, at: moment, did };
  return {
    line: { key: 'desk:overtaken', params },
    told: (now) => [{ key: 'desk:overtaken.told', params: { at: moment, did, who: ownName(turn) } }, now],
    other: all.filter(({ contactId }) => contactId === last.by),
  };
}

function ownName({ contact }: CommandContext['turn']): Param {
  return contact.title ?? { key: 'commands:role.coordinator' };
}

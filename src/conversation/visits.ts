import { type CovertActivity, daysOfVisit, readSlot } from '../campaign/activities/covert.ts';
import { recusalOf } from '../campaign/draw/recusal.ts';
import { dateOf, outOfQuiet } from '../campaign/instant.ts';
import { nextReminder } from '../campaign/reminder.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { Library } from '../store/library.ts';
import { lockCampaignRow, tasksOf } from '../store/publication.ts';
import { inspectorsOf } from '../store/reach.ts';
import { pathsOf } from '../store/registers.ts';
import { giveOutVisit } from '../store/visits.ts';
import type { Run, Writes } from '../store/writes.ts';
import { taskRow } from './announcement.ts';
import { visitorsOf } from './visit-frame.ts';

/** An activity that somebody may send out for: hidden, published, and coordinated by their unit. */
export interface SecretActivity {
  id: string;
  code: string;
  campaignId: string;
  title: Text;
  rules: CovertActivity;
}

/** Who goes where, by unit codes; the day (YYYY-MM-DD) where it is settled. */
export interface WantedVisit {
  from: string;
  to: string;
  day: string | null;
}

export type Sent =
  | {
      kind: 'sent';
      id: string;
      number: number;
      assignee: Text;
      target: Text;
      /** People who are told, and when (ISO instant): later than now in quiet hours. */
      people: number;
      toldAt: string;
    }
  | { kind: 'refused'; sentence: Line };

/** What a turn has at hand. */
interface Given {
  run: Run;
  library: Library;
  at: string;
  writes: Pick<Writes, 'outbox'>;
}

/**
 * Gives out a task of a secret activity after the publication and tells whoever carries it out, in private and not in quiet
 * hours (JX-4.4). Nobody else is told, nothing is counted for others, and its number is by chance. Recusals hold here as
 * they do in a draw.
 */
export async function sendVisit(given: Given, activity: SecretActivity, wanted: WantedVisit): Promise<Sent> {
  const { run, library, at } = given;
  const { campaignId, rules } = activity;
  const facts = await library.campaign(campaignId);
  const over = overSentence(activity, dateOf(at, facts.zone));
  if (over !== null) return { kind: 'refused', sentence: over };
  // Whoever is bound meanwhile waits, and is told by the binding (see publishCampaign).
  await lockCampaignRow(run, campaignId);
  const [inspector] = await visitorsOf(run, campaignId, { codes: [wanted.from] });
  const units = await pathsOf(run, campaignId, { codes: [wanted.from, wanted.to] });
  const [assignee, target] = [wanted.from, wanted.to].map((code) => units.find((unit) => unit.code === code));
  if (inspector === undefined || assignee === undefined || target === undefined)
    throw new Error(`no unit ${wanted.from} or ${wanted.to}`);
  const names = { assignee: assignee.name, target: target.name };
  const within = target.path.map(({ code }) => code);
  const why = refusalOf(rules, wanted, within);
  if (why !== null) return { kind: 'refused', sentence: { key: why, params: names } };
  const reason = recusalOf(inspector, { id: target.code, name: target.name, within });
  if (reason !== null)
    return {
      kind: 'refused',
      sentence: {
        key: 'modes:visit.recused',
        params: { ...names, reason: { key: `draw:reason.${reason}` } },
      },
    };
  const days = daysOfVisit(rules, wanted.day);
  const visit = await giveOutVisit(run, {
    activityId: activity.id,
    assigneeId: assignee.id,
    targetId: target.id,
    ...days,
    days: wanted.day === null ? [] : [wanted.day],
    remindAt: nextReminder({ dueOn: days.dueOn, publishedAt: at }, facts.rules, facts.calendar, at).at,
  });
  if (visit === null) return { kind: 'refused', sentence: { key: 'modes:visit.again', params: names } };
  const toldAt = outOfQuiet(at, facts.rules.quiet, facts.zone);
  const people = (await inspectorsOf(run, [assignee.id])).get(assignee.id) ?? [];
  const task = (await tasksOf(run, campaignId, [assignee.id])).find(({ number }) => number === visit.number);
  if (task === undefined) throw new Error(`task ${visit.number} is not there`);
  const times = { campaignId, rules: facts.rules, calendar: facts.calendar, tellAt: toldAt };
  given.writes.outbox.push(...people.map((person) => taskRow(task, person, times, at)));
  return { kind: 'sent', ...visit, ...names, people: people.length, toldAt };
}

/** Once the activity's last day is over (`today` is YYYY-MM-DD) a visit would be overdue at birth: what to do instead. */
export function overSentence(
  { title, rules }: Pick<SecretActivity, 'title' | 'rules'>,
  today: string,
): Line | null {
  const { dueOn } = rules;
  return dueOn < today
    ? { key: 'modes:visit.over', params: { activity: title, due: { date: dueOn } } }
    : null;
}

/** What one row of a draw wants: the day is drawn with the object (spot checks) or with who goes. */
export function visitIn({ object, inspectors }: { object: string; inspectors: string[] }): WantedVisit {
  const [first = ''] = inspectors;
  const [where, who] = [readSlot(object), readSlot(first)];
  return { from: who?.unit ?? first, to: where?.unit ?? object, day: where?.day ?? who?.day ?? null };
}

/** JX-4.1: members, where they are listed; JX-4.2: where they may be sent. */
function refusalOf(
  { participants, objects, coordinator }: CovertActivity,
  { from }: WantedVisit,
  within: string[],
) {
  if (participants !== undefined && !participants.includes(from)) return 'modes:visit.no-member';
  if (within.includes(coordinator)) return 'modes:visit.coordinates';
  const isObject = objects.length === 0 || within.some((code) => objects.includes(code));
  return isObject ? null : 'modes:visit.no-object';
}

import { randomUUID } from 'node:crypto';
import { type CovertActivity, daysOfVisit, readSlot } from '../campaign/activities/covert.ts';
import { recusalOf } from '../campaign/draw/recusal.ts';
import type { Team } from '../campaign/draw/teams.ts';
import { dateOf, outOfQuiet } from '../campaign/instant.ts';
import { nextReminder } from '../campaign/reminder.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignFacts, Library } from '../store/library.ts';
import { lockCampaignRow, tasksOf } from '../store/publication.ts';
import { inspectorsOf } from '../store/reach.ts';
import { pathsOf, type UnitPath } from '../store/registers.ts';
import { giveOutVisit, sentBefore } from '../store/visits.ts';
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

/** Who goes where, by unit codes, all of them together; the day (YYYY-MM-DD) where it is settled. */
export interface WantedVisit {
  from: string[];
  to: string;
  day: string | null;
}

/** One task of a visit that was given out. */
export interface SentTask {
  id: string;
  number: number;
  assignee: Text;
  /** People who are told. */
  people: number;
}

export type Sent =
  /** `toldAt` (ISO instant) is later than now in quiet hours. */
  { kind: 'sent'; tasks: SentTask[]; target: Text; toldAt: string } | { kind: 'refused'; sentences: Line[] };

/** What a turn has at hand. */
interface Given {
  run: Run;
  library: Library;
  at: string;
  writes: Pick<Writes, 'outbox'>;
}

/**
 * Gives out a visit of a secret activity after the publication: a task for each unit that goes, and its people are told, in
 * private and not in quiet hours, where and with whom (JX-4.4). Nobody else is told, nothing is counted for others, and the
 * numbers are by chance. Recusals hold here as they do in a draw. All of a team are sent, or none.
 */
export async function sendVisit(given: Given, activity: SecretActivity, wanted: WantedVisit): Promise<Sent> {
  const { run, library, at } = given;
  const { campaignId, rules } = activity;
  const facts = await library.campaign(campaignId);
  const over = overSentence(activity, dateOf(at, facts.zone));
  if (over !== null) return { kind: 'refused', sentences: [over] };
  const from = [...new Set(wanted.from)];
  if (from.length < rules.inspectors)
    return { kind: 'refused', sentences: [fewSentence(activity, from.length)] };
  // Whoever is bound meanwhile waits, and is told by the binding (see publishCampaign).
  await lockCampaignRow(run, campaignId);
  const units = await pathsOf(run, campaignId, { codes: [...from, wanted.to] });
  const called = (code: string) => {
    const unit = units.find((one) => one.code === code);
    if (unit === undefined) throw new Error(`no unit ${code}`);
    return unit;
  };
  const target = called(wanted.to);
  const assignees = from.map(called);
  const sentences = await refusalsOf(run, activity, assignees, target);
  if (sentences.length > 0) return { kind: 'refused', sentences };
  const { day } = wanted;
  const toldAt = outOfQuiet(at, facts.rules.quiet, facts.zone);
  const tasks = await giveOut(given, activity, facts, { assignees, target, day, toldAt });
  return { kind: 'sent', tasks, target: target.name, toldAt };
}

interface Settled {
  assignees: UnitPath[];
  target: UnitPath;
  day: string | null;
  toldAt: string;
}

async function giveOut(
  { run, at, writes }: Given,
  { id: activityId, campaignId, rules: activity }: SecretActivity,
  { rules, calendar }: CampaignFacts,
  { assignees, target, day, toldAt }: Settled,
): Promise<SentTask[]> {
  const days = daysOfVisit(activity, day);
  const visit = {
    activityId,
    targetId: target.id,
    ...days,
    days: day === null ? [] : [day],
    team: assignees.length > 1 ? randomUUID() : null,
    remindAt: nextReminder({ dueOn: days.dueOn, publishedAt: at }, rules, calendar, at).at,
  };
  const given: { assignee: UnitPath; id: string; number: number }[] = [];
  for (const assignee of assignees)
    given.push({ assignee, ...(await giveOutVisit(run, { ...visit, assigneeId: assignee.id })) });
  const ids = assignees.map(({ id }) => id);
  const people = await inspectorsOf(run, ids);
  // Only now is it known of each who the others are.
  const told = await tasksOf(run, campaignId, ids);
  const times = { campaignId, rules, calendar, tellAt: toldAt };
  return given.map(({ assignee, id, number }): SentTask => {
    const task = told.find((one) => one.number === number);
    if (task === undefined) throw new Error(`task ${number} is not there`);
    const own = people.get(assignee.id) ?? [];
    writes.outbox.push(...own.map((person) => taskRow(task, person, times, at)));
    return { id, number, assignee: assignee.name, people: own.length };
  });
}

/** The file wants more to go together than are named (双随机: two inspectors; DOMAIN 2.8). */
export function fewSentence({ title, rules }: Pick<SecretActivity, 'title' | 'rules'>, have: number): Line {
  return { key: 'modes:visit.few', params: { activity: title, wanted: rules.inspectors, have } };
}

/** Why some of these units can't go there: every reason, so that all are known at once. */
async function refusalsOf(
  run: Run,
  { id: activityId, campaignId, rules }: SecretActivity,
  assignees: readonly UnitPath[],
  target: UnitPath,
): Promise<Line[]> {
  const inspectors = await visitorsOf(run, campaignId, { codes: assignees.map(({ code }) => code) });
  const assigneeIds = assignees.map(({ id }) => id);
  const before = await sentBefore(run, { activityId, assigneeIds, targetId: target.id });
  const within = target.path.map(({ code }) => code);
  return assignees.flatMap((assignee): Line[] => {
    const names = { assignee: assignee.name, target: target.name };
    const why = refusalOf(rules, assignee.code, within);
    if (why !== null) return [{ key: why, params: names }];
    const inspector = inspectors.find(({ id }) => id === assignee.code);
    const reason = inspector && recusalOf(inspector, { id: target.code, name: target.name, within });
    if (reason)
      return [
        {
          key: 'modes:visit.recused',
          params: { ...names, reason: { key: `draw:reason.${reason}` } },
        },
      ];
    return before.has(assignee.id) ? [{ key: 'modes:visit.again', params: names }] : [];
  });
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

/** What one row of a draw wants: the day is drawn with the team, or with the object (spot checks). */
export function visitIn({ object, inspectors, day }: Team): WantedVisit {
  const where = readSlot(object);
  return { from: inspectors, to: where?.unit ?? object, day: where?.day ?? day ?? null };
}

/** JX-4.1: members, where they are listed; JX-4.2: where they may be sent. */
function refusalOf({ participants, objects, coordinator }: CovertActivity, from: string, within: string[]) {
  if (participants !== undefined && !participants.includes(from)) return 'modes:visit.no-member';
  if (within.includes(coordinator)) return 'modes:visit.coordinates';
  const isObject = objects.length === 0 || within.some((code) => objects.includes(code));
  return isObject ? null : 'modes:visit.no-object';
}

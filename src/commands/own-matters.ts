import { headsOf } from '../campaign/activities/walkthrough.ts';
import type { Param } from '../flow/say.ts';
import type { AuditEvent, JsonValue } from '../store/audit.ts';
import {
  type BoundPerson,
  type ListedMatter,
  lockMatters,
  type MatterList,
  mattersOf,
  peopleBoundTo,
} from '../store/matters.ts';
import type { Command, CommandContext } from './command.ts';
import { ownActivity, taskMark } from './own-activities.ts';
import type { OwnAssignment } from './own-assignments.ts';

/** A person's walk-through: the task, the list of the unit, its people, and whether this is a head of it. */
export interface OwnMatters {
  task: OwnAssignment;
  list: MatterList;
  matters: ListedMatter[];
  people: BoundPerson[];
  isHead: boolean;
  /** What was typed behind the command, and what its options must end with: see {@link ownActivity}. */
  rest: string;
  mark: string;
}

/** `3`, `3号事项`, and which task is meant where somebody has several. */
export const numberedMatter = new RegExp(`(?:#?\\d{1,4}\\s*号?(?:事项)?)?\\s*(?:${taskMark})?`, 'iu');

/**
 * Null once the person is told that they have no such task, or asked which. The list stays as it is until the transaction
 * ends. @param before what must be locked before the list
 */
export async function ownMatters(
  context: CommandContext,
  command: Command,
  typed: string,
  before: (list: MatterList, rest: string) => Promise<void> = async () => undefined,
): Promise<OwnMatters | null> {
  const given = { command, rest: typed, none: 'modes:matters.no-task' } as const;
  const own = await ownActivity(context, 'walkthrough', given);
  if (own === null) return null;
  const { task, rest, mark } = own;
  const list = { activityId: task.activityId, unitId: task.targetId };
  await before(list, rest);
  await lockMatters(context.run, list);
  const people = await peopleBoundTo(context.run, task.targetId);
  const isHead = headsOf(people).some(({ id }) => id === context.turn.contact.id);
  return { task, list, matters: await mattersOf(context.run, list), people, isHead, rest, mark };
}

/** The matter of this number; null, and the person is told, when there is none. */
export function matterCalled(
  context: CommandContext,
  { matters }: OwnMatters,
  number: number,
): ListedMatter | null {
  const found = matters.find((one) => one.number === number);
  if (found === undefined) context.reply({ key: 'modes:matters.unknown', params: { number } });
  return found ?? null;
}

/** Whether the head is asking; others are told that it is the head's to do. */
export function needsHead(context: CommandContext, { isHead }: OwnMatters): boolean {
  if (!isHead) context.reply({ key: 'modes:matters.head-only' });
  return isHead;
}

/** What a deputy is called: a post, never a name. */
export function deputyName({ title }: Pick<BoundPerson, 'title'>): Param {
  return title ?? { key: 'modes:deputy' };
}

/** What the audit log keeps of a step about a matter: numbers, no words of anybody's. */
export function matterEvent(
  { at, turn }: Pick<CommandContext, 'at' | 'turn'>,
  { id, campaignId }: Pick<OwnAssignment, 'id' | 'campaignId'>,
  what: 'added' | 'flagged' | 'removed' | 'entrusted' | 'taken-back' | 'begun',
  data: { [key: string]: JsonValue },
): AuditEvent {
  return { at, by: turn.contact.id, kind: `matter.${what}`, campaignId, about: `assignment:${id}`, data };
}

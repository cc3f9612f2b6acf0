import { checkDelegable, headsOf, isWalked } from '../campaign/activities/walkthrough.ts';
import type { Line, Param } from '../flow/say.ts';
import { type ListedMatter, mattersOf, peopleBoundTo } from '../store/matters.ts';
import type { Run } from '../store/writes.ts';
import type { CommandContext } from './command.ts';
import { matterLine } from './matter-lines.ts';
import type { OwnAssignment } from './own-assignments.ts';

/** Matters that one message names. */
const namedMax = 30;

/** What a unit has listed and nobody has walked through so that it counts (MDJ-1.1: all); none for other modes. */
export async function openMatters(
  run: Run,
  { mode, activityId, targetId: unitId }: Pick<OwnAssignment, 'mode' | 'activityId' | 'targetId'>,
): Promise<ListedMatter[]> {
  if (mode !== 'walkthrough') return [];
  return (await mattersOf(run, { activityId, unitId })).filter((matter) => !isWalked(matter));
}

/** What is still to be walked through, and what can be done about it before the report goes out (MDJ-1.2). */
export function openMatterLines(open: ListedMatter[]): Line[] {
  const entrustable = open.find((matter) => checkDelegable(matter) === null && matter.delegation === null);
  return [
    { key: 'modes:report.open', params: { count: open.length } },
    ...open.slice(0, namedMax).map(matterLine),
    ...(open.length > namedMax
      ? [{ key: 'modes:walk.more', params: { left: open.length - namedMax } } as const]
      : []),
    { key: 'modes:report.open.walk' },
    ...(entrustable === undefined
      ? []
      : [{ key: 'modes:report.open.entrust', params: { number: entrustable.number } } as const]),
    { key: 'modes:report.open.reason' },
  ];
}

/** What the report says of matters that were not walked through, and why not. */
export function openReportLines(open: ListedMatter[], reason: string | null): Line[] {
  if (open.length === 0) return [];
  const names = (some: ListedMatter[]): Param => ({ list: some.slice(0, namedMax).map(({ name }) => name) });
  const inPerson = open.filter((matter) => checkDelegable(matter) !== null);
  return [
    { key: 'modes:report.left', params: { count: open.length, names: names(open) } },
    ...(inPerson.length === 0
      ? []
      : [
          {
            key: 'modes:report.left.in-person',
            params: { count: inPerson.length, names: names(inPerson) },
          } as const,
        ]),
    ...(reason === null ? [] : [{ key: 'modes:report.left.why', params: { reason } } as const]),
  ];
}

/** What a deputy hears who would hand in the head's report: who does, and what is the deputy's. */
export async function deputyLines({ run, turn }: CommandContext, task: OwnAssignment): Promise<Line[]> {
  const heads = headsOf(await peopleBoundTo(run, task.assigneeId));
  const list = heads.map(({ title }): Param => title ?? { key: 'modes:head' });
  const named: Param = list.length === 0 ? { key: 'modes:head' } : { list };
  return [
    { key: 'modes:report.head-only', params: { heads: named } },
    ...(await entrustedLines({ run, turn }, task)),
  ];
}

/** The matters that this person is entrusted with, or that there are none. */
export async function entrustedLines(
  { run, turn }: Pick<CommandContext, 'run' | 'turn'>,
  { activityId, targetId: unitId }: OwnAssignment,
): Promise<Line[]> {
  const matters = await mattersOf(run, { activityId, unitId });
  const own = matters.filter(({ delegation }) => delegation?.to === turn.contact.id);
  return own.length === 0 ? [{ key: 'modes:walk.none-entrusted' }] : own.map(matterLine);
}

import type { Mode } from '../campaign/activities/activity.ts';
import { headsOf } from '../campaign/activities/walkthrough.ts';
import { mayKnowTask } from '../campaign/visibility.ts';
import type { Text } from '../flow/text.ts';
import type { HeldRole } from '../roles.ts';
import { peopleBoundTo } from '../store/matters.ts';
import type { Run } from '../store/writes.ts';
import type { CommandContext, Role } from './command.ts';
import { noteSeen, viewerOf } from './sight.ts';

/** A task as its assignee sees it. */
export interface OwnAssignment {
  id: string;
  number: number;
  dueOn: string;
  acknowledgedAt: Date | null;
  reportedAt: Date | null;
  /** Visits that count, how many it takes and how many at most: see `visits_of` in the migration of the modes. */
  visitsDone: number;
  visitsMin: number;
  visitsMax: number;
  activityTitle: Text;
  targetId: string;
  targetName: Text;
  assigneeName: Text;
  campaignId: string;
  activityId: string;
  mode: Mode;
  flowId: string;
  flowVersion: number;
  /** What the report needs beside the visits, if anything. */
  reportFlow: { flowId: string; flowVersion: number } | null;
  assigneeId: string;
  /** Of a walk-through somebody else is the head: this person has only what they are entrusted with (MDJ-1.2). */
  isDeputy: boolean;
  /** Why it is reported though not all of it was done, once that was said. */
  openReason: string | null;
  /** The report's own last day; null when it is due with the work, and once the work is done: then that is `dueOn`. */
  reportOn: string | null;
  /** The work is done, and of two days the report's alone is left. */
  isFinished: boolean;
  /** Days of service at the windows, as handed in (YYYY-MM-DD). */
  days: string[];
  /** When its report was given back last. */
  returnedAt: Date | null;
  /** The activity, when it is hidden from others. */
  secret: string | null;
}

/** Units that a person has this role for. */
export function unitsAs(context: { roles: readonly HeldRole[] }, ...wanted: Role[]): string[] {
  return context.roles.flatMap(({ role, unitId }) =>
    wanted.includes(role) && unitId !== null ? [unitId] : [],
  );
}

/**
 * The published tasks of the units that this person inspects for, by due date. Those kept secret from the inspected
 * are left out where others may read along (JX-4.4); elsewhere they count as seen.
 */
export async function ownAssignments(context: CommandContext, ...as: Role[]): Promise<OwnAssignment[]> {
  const units = unitsAs(context, ...(as.length === 0 ? (['inspector'] as const) : as));
  if (units.length === 0) return [];
  const viewer = viewerOf(context);
  const all = await context.transaction.assignment.findMany({
    where: {
      assigneeUnitId: { in: units },
      activity: { campaign: { status: 'published' }, ...(viewer.overheard ? { hidden: false } : {}) },
    },
    include: {
      activity: true,
      target: { select: { id: true, name: true, code: true } },
      assignee: { select: { name: true } },
    },
    orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
  });
  const rows = all
    .filter(({ activity, assigneeUnitId }) => mayKnowTask(activity, assigneeUnitId, viewer))
    .sort(byPlace);
  noteSeen(
    context,
    rows.flatMap(({ activity }) => (activity.hidden ? [activity] : [])),
  );
  const visits = await visitsOf(
    context.run,
    rows.map(({ id }) => id),
  );
  const deputyAt = await deputyOf(context, rows);
  return rows.flatMap((row) => {
    const counted = visits.get(row.id);
    if (counted === undefined) return [];
    return {
      id: row.id,
      number: row.number,
      dueOn: row.dueOn,
      acknowledgedAt: row.acknowledgedAt,
      reportedAt: row.reportedAt,
      ...counted,
      isDeputy: row.activity.mode === 'walkthrough' && deputyAt.has(row.assigneeUnitId),
      openReason: row.openReason,
      reportOn: row.reportOn,
      isFinished: row.finishOn !== null,
      activityTitle: row.activity.title as Text,
      targetId: row.target.id,
      targetName: row.target.name as Text,
      assigneeName: row.assignee.name as Text,
      campaignId: row.activity.campaignId,
      activityId: row.activityId,
      mode: row.activity.mode as Mode,
      flowId: row.activity.flowId,
      flowVersion: row.activity.flowVersion,
      reportFlow: reportFlowOf(row.activity),
      assigneeId: row.assigneeUnitId,
      days: row.days,
      returnedAt: row.returnedAt,
      secret: row.activity.hidden ? row.activity.id : null,
    };
  });
}

type Visits = Pick<OwnAssignment, 'visitsDone' | 'visitsMin' | 'visitsMax'>;

/** By the id of the task; one that was taken back a moment ago is missing. */
export async function visitsOf(run: Run, ids: string[]): Promise<Map<string, Visits>> {
  const rows = await run<{ id: string; done: number; needed: number; most: number }>(
    'SELECT id::text, x.* FROM unnest($1::text[]::uuid[]) id, visits_of(id) x',
    [ids],
  );
  return new Map(
    rows.map(({ id, done, needed, most }) => [id, { visitsDone: done, visitsMin: needed, visitsMax: most }]),
  );
}

/** The units whose walk-through has another head than this person (MDJ-1.1). */
async function deputyOf(
  { run, turn }: CommandContext,
  rows: { assigneeUnitId: string; activity: { mode: string } }[],
): Promise<Set<string>> {
  const units = new Set<string>();
  for (const { assigneeUnitId, activity } of rows) {
    if (activity.mode !== 'walkthrough') continue;
    const heads = headsOf(await peopleBoundTo(run, assigneeUnitId));
    if (heads.every(({ id }) => id !== turn.contact.id)) units.add(assigneeUnitId);
  }
  return units;
}

/** The numbers of hidden tasks are by chance, and so would be their order. */
function byPlace(one: Placed, other: Placed): number {
  if (one.dueOn !== other.dueOn || !one.activity.hidden || !other.activity.hidden) return 0;
  return one.target.code.localeCompare(other.target.code);
}

interface Placed {
  dueOn: string;
  activity: { hidden: boolean };
  target: { code: string };
}

function reportFlowOf(activity: { reportFlowId: string | null; reportFlowVersion: number | null }) {
  const { reportFlowId: flowId, reportFlowVersion: flowVersion } = activity;
  return flowId === null || flowVersion === null ? null : { flowId, flowVersion };
}

import type { Text } from '../../flow/text.ts';
import { countTasks, type OverviewScope, type TaskCount, unitsInOrder } from '../../store/overview.ts';
import type { Run } from '../../store/writes.ts';
import { type Place, rolledUp } from './roll-up.ts';

/** How far each unit is with its own tasks; `left` units beyond the last row are in `all` only. */
export interface Progress {
  all: TaskCount;
  rows: (TaskCount & { id: string; name: Text })[];
  left: number;
}

/** As many rows as a picture can be scrolled through. */
export const progressRowsMax = 60;

/** @param today YYYY-MM-DD in the campaign's zone */
export async function readProgress(run: Run, scope: OverviewScope, today: string): Promise<Progress> {
  const counts = await countTasks(run, scope, today);
  const units = await unitsInOrder(
    run,
    scope.campaignId,
    counts.map(({ unitId }) => unitId),
  );
  return progressOf(counts, units);
}

/** Pure: added up by unit, or by what the units stand under where there are more than rows. In the order of `units`. */
export function progressOf(
  counts: readonly (TaskCount & { unitId: string })[],
  units: readonly Place[],
): Progress {
  const places = rolledUp(
    counts.map(({ unitId }) => unitId),
    units,
    progressRowsMax,
  );
  const rows = new Map<string, TaskCount>();
  for (const { unitId, ...count } of counts) {
    const place = places.get(unitId) ?? unitId;
    rows.set(place, sum(rows.get(place) ?? none, count));
  }
  const ordered = units.flatMap(({ id, name }) => {
    const count = rows.get(id);
    return count === undefined ? [] : [{ id, name, ...count }];
  });
  return {
    all: counts.reduce<TaskCount>(sum, none),
    rows: ordered.slice(0, progressRowsMax),
    left: Math.max(0, ordered.length - progressRowsMax),
  };
}

const none: TaskCount = { total: 0, done: 0, late: 0 };

function sum(one: TaskCount, other: TaskCount): TaskCount {
  return { total: one.total + other.total, done: one.done + other.done, late: one.late + other.late };
}

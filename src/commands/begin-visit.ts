import { begin } from '../conversation/begin.ts';
import { counted, counters, isExact } from '../conversation/mode-words.ts';
import type { Line } from '../flow/say.ts';
import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { placeFor } from './private.ts';

/** Why a task takes no more visits; null when it does. */
export function visitsFull({ mode, visitsDone, visitsMin, visitsMax }: OwnAssignment): Line | null {
  if (visitsDone < visitsMax) return null;
  const params = { done: counted(mode, visitsDone), max: visitsMax, ...counters(mode) };
  const isAll = isExact(mode, visitsMin, visitsMax);
  return { key: isAll ? 'conversation:visits.all' : 'conversation:visits.full', params };
}

/**
 * Begins the record of one visit; whoever begins has seen the task. Of a hidden inspection in private, wherever it was asked for.
 * @param hint said before all else
 * @param sessionId of the record, where something else is written about it already
 */
export async function beginVisit(
  context: CommandContext,
  task: OwnAssignment,
  { hint, opening, sessionId }: { hint?: Line | null; opening: Line; sessionId?: string },
): Promise<void> {
  const { transaction, library, turn, at, writes } = context;
  const place = placeFor(context, task);
  if (place.room !== turn.room) context.reply({ key: 'conversation:answered.privately' });
  // A deputy who begins has not confirmed the head's task.
  if (!task.isDeputy)
    await transaction.assignment.updateMany({
      where: { id: task.id, acknowledgedAt: null },
      data: { acknowledgedAt: at },
    });
  await begin(
    library,
    {
      ...task,
      ...(sessionId === undefined ? {} : { sessionId }),
      assignmentId: task.id,
      unitId: task.targetId,
      person: turn.contact,
      place,
      at,
      others: turn.sessions,
      opening: hint == null ? [opening] : [hint, opening],
    },
    writes,
  );
}

import { dayRefusal } from '../campaign/activities/experience.ts';
import { dateOf } from '../campaign/instant.ts';
import type { Line, Param } from '../flow/say.ts';
import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';

/**
 * Why no record is begun for this task today: a self-check by experience is kept day by day, as handed in (JX-2.3, JX-2.4).
 * Null for every other mode, and when nothing speaks against it.
 */
export async function visitDayRefusal(
  { transaction, library, at }: Pick<CommandContext, 'transaction' | 'library' | 'at'>,
  { id, mode, campaignId }: Pick<OwnAssignment, 'id' | 'mode' | 'campaignId'>,
): Promise<Line | null> {
  if (mode !== 'experience') return null;
  const { zone } = await library.campaign(campaignId);
  const { days } = await transaction.assignment.findUniqueOrThrow({ where: { id }, select: { days: true } });
  const done = await transaction.session.findMany({
    where: { assignmentId: id, status: 'completed', part: 'visit' },
    select: { startedAt: true },
  });
  const recorded = done.map(({ startedAt }) => dateOf(startedAt.toISOString(), zone));
  const why = dayRefusal(days, recorded, dateOf(at, zone));
  const list = days.map((date): Param => ({ date }));
  return why === null ? null : { key: `modes:day.${why}`, params: { days: { list } } };
}

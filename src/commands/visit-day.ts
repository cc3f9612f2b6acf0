import { dayRefusal } from '../campaign/activities/experience.ts';
import { dateOf } from '../campaign/instant.ts';
import type { Line, Param } from '../flow/say.ts';
import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';

type Task = Pick<OwnAssignment, 'id' | 'campaignId'>;
type Context = Pick<CommandContext, 'run' | 'library'>;

/** The days of a self-check by experience, YYYY-MM-DD: as handed in, and those with a record, finished or under way. */
export interface ServiceDays {
  planned: string[];
  done: string[];
  open: string[];
}

/** Reads them; nobody else of the unit begins a record or hands in other days before the transaction ends. */
export async function lockServiceDays(
  { run, library }: Context,
  { id, campaignId }: Task,
): Promise<ServiceDays> {
  const { zone } = await library.campaign(campaignId);
  const [task] = await run<{ days: string[] }>(
    'SELECT days FROM assignment WHERE id = $1::uuid FOR NO KEY UPDATE',
    [id],
  );
  // A statement of its own: what a colleague began is seen once their transaction, which held the lock, is over.
  const records = await run<{ at: Date; done: boolean }>(
    `SELECT started_at AS at, status = 'completed' AS done FROM session
     WHERE assignment_id = $1::uuid AND part = 'visit' AND (status = 'completed' OR ended_at IS NULL)`,
    [id],
  );
  const days = (done: boolean) =>
    records.flatMap((one) => (one.done === done ? [dateOf(one.at.toISOString(), zone)] : []));
  return { planned: task?.days ?? [], done: days(true), open: days(false) };
}

/**
 * Why no record is begun for this task today: a self-check by experience is kept day by day, as handed in (JX-2.3, JX-2.4).
 * Null for every other mode, and when nothing speaks against it.
 */
export async function visitDayRefusal(
  context: Context & Pick<CommandContext, 'at'>,
  task: Task & Pick<OwnAssignment, 'mode'>,
): Promise<Line | null> {
  if (task.mode !== 'experience') return null;
  const { zone } = await context.library.campaign(task.campaignId);
  const days = await lockServiceDays(context, task);
  const why = dayRefusal(days, dateOf(context.at, zone));
  const list = days.planned.map((date): Param => ({ date }));
  return why === null ? null : { key: `modes:day.${why}`, params: { days: { list } } };
}

/** A visit that was ordered for a day and is begun on another: who goes hears it and goes on, as only they see why. */
export async function otherDay(
  { run, library, at }: Context & Pick<CommandContext, 'at'>,
  { id, campaignId, mode }: Task & Pick<OwnAssignment, 'mode'>,
): Promise<Line | null> {
  if (mode !== 'covert') return null;
  const { zone } = await library.campaign(campaignId);
  const [task] = await run<{ days: string[] }>('SELECT days FROM assignment WHERE id = $1::uuid', [id]);
  const days = task?.days ?? [];
  const today = dateOf(at, zone);
  if (days.length === 0 || days.includes(today)) return null;
  const list = days.map((date): Param => ({ date }));
  return { key: 'modes:day.ordered', params: { days: { list }, today: { date: today } } };
}

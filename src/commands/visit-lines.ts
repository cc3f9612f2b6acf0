import type { SecretActivity } from '../conversation/visits.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CommandContext } from './command.ts';

/** Visits in one message. */
const shownMax = 30;

/** What has been sent out for these secret activities: number, who, where, when, how far. For their coordinators alone. */
export async function visitLines(
  { transaction }: CommandContext,
  activities: Pick<SecretActivity, 'id'>[],
): Promise<Line[]> {
  const where = { activityId: { in: activities.map(({ id }) => id) } };
  const count = await transaction.assignment.count({ where });
  if (count === 0) return [{ key: 'modes:visit.list.none' }];
  const rows = await transaction.assignment.findMany({
    where,
    include: { assignee: { select: { name: true } }, target: { select: { name: true } } },
    orderBy: [{ reportedAt: { sort: 'desc', nulls: 'first' } }, { dueOn: 'asc' }, { number: 'asc' }],
    take: shownMax,
  });
  const lines: Line[] = [{ key: 'modes:visit.list', params: { count } }];
  for (const { number, assignee, target, dueOn, days, acknowledgedAt, reportedAt } of rows) {
    const state = reportedAt !== null ? 'reported' : acknowledgedAt === null ? 'unread' : 'read';
    lines.push({
      key: days.length > 0 ? 'modes:visit.list.day' : 'modes:visit.list.one',
      params: {
        number,
        assignee: assignee.name as Text,
        target: target.name as Text,
        day: { date: days[0] ?? dueOn },
        state: { key: `modes:visit.state.${state}` },
      },
    });
  }
  if (count > rows.length)
    lines.push({ key: 'modes:visit.list.more', params: { left: count - rows.length } });
  return lines;
}

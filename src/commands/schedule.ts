import { schedule as checkSchedule, readDays } from '../campaign/activities/experience.ts';
import { dateOf } from '../campaign/instant.ts';
import { awakeRow } from '../conversation/awake-row.ts';
import { reportReceivers } from '../conversation/report-receivers.ts';
import { tellDroppedDays } from '../conversation/spot-checks.ts';
import type { Line, Param } from '../flow/say.ts';
import { assignmentEvent } from './assignment-event.ts';
import type { Command, CommandContext } from './command.ts';
import { ownActivity } from './own-activities.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { lockServiceDays } from './visit-day.ts';

/** 安排: the days on which the head of a unit serves at its own windows; handed in first, so that spot checks can be drawn (JX-2.4). */
export const schedule: Command = {
  name: 'schedule',
  words: { 'zh-CN': ['安排', '时间安排'], en: ['schedule'] },
  takes: /.{0,160}/,
  bare: false,
  help: 'modes:schedule.line',
  run: async (context, rest) => {
    const given = { command: schedule, rest, none: 'modes:schedule.no-task' } as const;
    const own = await ownActivity(context, 'experience', given);
    if (own === null) return;
    const { task, rules } = own;
    if (task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    const { calendar, zone } = await context.library.campaign(task.campaignId);
    const today = dateOf(context.at, zone);
    const read = readDays(own.rest, { at: context.at, zone });
    const { planned, done, open } = await lockServiceDays(context, task);
    const settled = checkSchedule(rules, read, today, calendar, { planned, served: [...done, ...open] });
    if (settled.refused !== undefined) return context.reply(settled.refused);
    await context.transaction.assignment.update({
      where: { id: task.id },
      data: { days: settled.days, acknowledgedAt: task.acknowledgedAt ?? new Date(context.at) },
    });
    context.writes.audit.push(assignmentEvent(context, task, 'scheduled', { days: settled.days }));
    const dropped = planned.filter((day) => !settled.days.includes(day));
    const place = { campaignId: task.campaignId, unitId: task.assigneeId, unit: task.assigneeName };
    await tellDroppedDays(context, place, dropped);
    const days = listOf(settled.days);
    const lateDays = settled.days.filter((day) => day > rules.dueOn);
    const late = (key: 'modes:schedule.late' | 'modes:schedule.told.late'): Line[] =>
      lateDays.length === 0 ? [] : [{ key, params: { days: listOf(lateDays), due: { date: rules.dueOn } } }];
    context.reply(
      { key: 'modes:schedule.done', params: { days, count: settled.days.length } },
      ...(settled.kept.length === 0
        ? []
        : [{ key: 'modes:schedule.kept', params: { days: listOf(settled.kept) } } as const]),
      ...(settled.skipped.length === 0
        ? []
        : [{ key: 'modes:schedule.skipped', params: { days: listOf(settled.skipped) } } as const]),
      ...late('modes:schedule.late'),
    );
    await tellCoordinators(context, task, [
      { key: 'modes:schedule.told', params: { unit: task.assigneeName, activity: task.activityTitle, days } },
      ...late('modes:schedule.told.late'),
    ]);
  },
};

function listOf(days: string[]): Param {
  return { list: days.map((date) => ({ date })) };
}

/** The contact hears of it in time (JX-2.4: 确定后及时报联系人); the same days twice are told once. */
async function tellCoordinators(
  { run, library, at, writes }: CommandContext,
  task: OwnAssignment,
  lines: Line[],
): Promise<void> {
  const facts = await library.campaign(task.campaignId);
  for (const person of (await reportReceivers(run, task)).people)
    writes.outbox.push(awakeRow(person, { lines }, facts, at));
}

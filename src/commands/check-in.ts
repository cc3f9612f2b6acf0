import type { Mode } from '../campaign/activities/activity.ts';
import { counters, does, needed } from '../conversation/mode-words.ts';
import type { Line } from '../flow/say.ts';
import { assignmentEvent } from './assignment-event.ts';
import { beginVisit, visitsFull } from './begin-visit.ts';
import { chooseAssignment } from './choose-assignment.ts';
import type { Command } from './command.ts';
import { holdTask } from './hold-task.ts';
import { unfinishedRecord } from './unfinished.ts';
import { otherDay, visitDayRefusal } from './visit-day.ts';

/** 签到: the inspector is at a window and starts its checklist; one checklist a window. */
export const checkIn: Command = {
  name: 'checkin',
  words: { 'zh-CN': ['签到', '开始检查'], en: ['check in', 'checkin'] },
  takes: /#?\d{1,9}号?/,
  bare: true,
  help: 'commands:checkin.line',
  run: async (context, rest) => {
    const unfinished = await unfinishedRecord(context);
    if (unfinished !== null) return context.reply(unfinished);
    const task = await chooseAssignment(context, {
      command: 'checkin',
      rest,
      fits: (one) => one.reportedAt === null,
      none: 'commands:checkin.reported',
      which: 'commands:checkin.which',
    });
    if (task === null) return;
    if (task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    const notNow = elsewhere(task.mode) ?? (await visitDayRefusal(context, task));
    if (notNow !== null) return context.reply(notNow);
    const full = visitsFull(task);
    if (full !== null) return context.reply(full);
    if (!(await holdTask(context, task))) return;
    context.writes.audit.push(assignmentEvent(context, task, 'checked-in', { visit: task.visitsDone + 1 }));
    await beginVisit(context, task, {
      hint: await otherDay(context, task),
      opening: {
        key: 'commands:checkin.opening',
        params: {
          does: does(task.mode, task.targetName),
          visit: task.visitsDone + 1,
          needed: needed(task.mode, task.visitsMin, task.visitsMax),
          ...counters(task.mode),
        },
      },
    });
  },
};

/** Records that begin with what they are about have a command of their own (JX-1.2, MDJ-1.3). */
function elsewhere(mode: Mode): Line | null {
  if (mode === 'accompany') return { key: 'modes:claim.how' };
  return mode === 'walkthrough' ? { key: 'modes:matters.how.walk' } : null;
}

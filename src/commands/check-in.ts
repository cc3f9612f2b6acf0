import { begin } from '../conversation/begin.ts';
import type { Command } from './command.ts';
import { chooseAssignment } from './own-assignments.ts';

/** 签到: the inspector is at a window and starts its checklist; one checklist a window. */
export const checkIn: Command = {
  name: 'checkin',
  words: { 'zh-CN': ['签到', '开始检查'], en: ['check in', 'checkin'] },
  takes: /#?\d{1,9}号?/,
  allowed: ['inspector'],
  bare: true,
  help: 'commands:checkin.line',
  run: async (context, rest) => {
    const { turn, at, writes, library } = context;
    const unfinished = turn.sessions.find((session) => session.assignmentId !== null);
    if (unfinished !== undefined) return context.reply({ key: 'commands:checkin.unfinished' });
    const task = await chooseAssignment(context, {
      command: 'checkin',
      rest,
      fits: (one) => one.reportedAt === null,
      none: 'commands:checkin.reported',
      which: 'commands:checkin.which',
    });
    if (task === null) return;
    if (task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    if (task.visitsDone >= task.visitsMax)
      return context.reply({
        key: 'conversation:visits.full',
        params: { done: task.visitsDone, max: task.visitsMax },
      });
    await context.transaction.assignment.updateMany({
      where: { id: task.id, acknowledgedAt: null },
      data: { acknowledgedAt: at },
    });
    await begin(
      library,
      {
        ...task,
        assignmentId: task.id,
        unitId: task.targetId,
        person: turn.contact,
        place: { urn: turn.urn, room: turn.room },
        at,
        opening: [
          {
            key: 'commands:checkin.opening',
            params: {
              target: task.targetName,
              visit: task.visitsDone + 1,
              min: task.visitsMin,
              max: task.visitsMax,
            },
          },
        ],
      },
      writes,
    );
  },
};

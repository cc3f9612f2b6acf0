import { begin } from '../conversation/begin.ts';
import type { ReplyPlace } from '../conversation/outcome.ts';
import type { Command, CommandContext } from './command.ts';
import { assignmentEvent, chooseAssignment, type OwnAssignment } from './own-assignments.ts';

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
    const place = placeFor(context, task);
    if (place.room !== turn.room) {
      if (await hasOpen(context, task))
        return context.replyPrivately({ lines: [{ key: 'commands:checkin.unfinished' }] });
      context.reply({ key: 'conversation:answered.privately' });
    }
    await context.transaction.assignment.updateMany({
      where: { id: task.id, acknowledgedAt: null },
      data: { acknowledgedAt: at },
    });
    writes.audit.push(assignmentEvent(context, task, 'checked-in', { visit: task.visitsDone + 1 }));
    await begin(
      library,
      {
        ...task,
        assignmentId: task.id,
        unitId: task.targetId,
        person: turn.contact,
        place,
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

/** Whether this person has the same checklist open in private. */
async function hasOpen({ transaction, turn }: CommandContext, { flowId }: OwnAssignment): Promise<boolean> {
  const where = { contactId: turn.contact.id, room: '', flowId, endedAt: null };
  return (await transaction.session.count({ where })) > 0;
}

/** Here; the checklist of a hidden inspection in private, wherever it was begun. */
function placeFor({ turn }: CommandContext, { secret }: OwnAssignment): ReplyPlace {
  if (secret === null || turn.room === null) return { urn: turn.urn, room: turn.room };
  return { urn: turn.contact.address ?? turn.urn, room: null };
}

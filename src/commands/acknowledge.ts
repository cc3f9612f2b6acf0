import type { Command } from './command.ts';
import { assignmentEvent, numberIn, ownAssignments } from './own-assignments.ts';

/** 收到: the inspector has seen the task. Nobody is chased for it; it only tells the coordinator that it arrived. */
export const acknowledge: Command = {
  name: 'ack',
  words: { 'zh-CN': ['收到', '已收到', '收到了', '好的收到'], en: ['got it', 'received', 'ack'] },
  takes: /#?\d{1,9}号?|谢谢.{0,3}|多谢|thanks|thank you/,
  allowed: ['inspector'],
  bare: true,
  help: 'commands:ack.line',
  run: async (context, rest) => {
    const number = numberIn(rest);
    const open = (await ownAssignments(context)).filter(
      (one) =>
        one.acknowledgedAt === null && one.reportedAt === null && (number === null || one.number === number),
    );
    // People confirm to one another in a room all day long.
    if (open.length === 0 && !context.turn.body.addressed) return;
    if (open.length === 0) return context.reply({ key: 'commands:ack.none' });
    await context.transaction.assignment.updateMany({
      where: { id: { in: open.map(({ id }) => id) }, acknowledgedAt: null },
      data: { acknowledgedAt: context.at },
    });
    context.writes.audit.push(...open.map((task) => assignmentEvent(context, task, 'acknowledged')));
    context.reply(
      ...open.map(({ targetName, dueOn }) => ({
        key: 'commands:ack.done' as const,
        params: { target: targetName, due: { date: dueOn } },
      })),
    );
  },
};

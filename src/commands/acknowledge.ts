import type { Command } from './command.ts';
import { ownAssignments } from './own-assignments.ts';

/** 收到: the inspector has seen the task. Nobody is chased for it; it only tells the coordinator that it arrived. */
export const acknowledge: Command = {
  name: 'ack',
  words: { 'zh-CN': ['收到', '已收到', '收到了'], en: ['got it', 'received', 'ack'] },
  takes: /#?\d{1,9}/,
  allowed: ['inspector'],
  bare: true,
  help: 'commands:ack.line',
  run: async (context, rest) => {
    const number = /\d+/.exec(rest)?.[0];
    const open = (await ownAssignments(context)).filter(
      (one) => one.acknowledgedAt === null && (number === undefined || one.number === Number(number)),
    );
    if (open.length === 0) return context.reply({ key: 'commands:ack.none' });
    await context.transaction.assignment.updateMany({
      where: { id: { in: open.map(({ id }) => id) }, acknowledgedAt: null },
      data: { acknowledgedAt: context.at },
    });
    for (const { targetName, dueOn } of open)
      context.reply({ key: 'commands:ack.done', params: { target: targetName, due: { date: dueOn } } });
  },
};

import { does } from '../conversation/mode-words.ts';
import { assignmentEvent } from './assignment-event.ts';
import { numberIn } from './choose-assignment.ts';
import type { Command, CommandContext } from './command.ts';
import { ownAssignments } from './own-assignments.ts';

/** 收到: the inspector has seen the task. Nobody is chased for it; it only tells the coordinator that it arrived. */
export const acknowledge: Command = {
  name: 'ack',
  words: {
    'zh-CN': ['收到', '已收到', '收到了', '好的收到', '好的收到了', '好滴收到', '好滴收到了'],
    en: ['got it', 'received', 'ack'],
  },
  takes:
    /#?\d{1,9}号?|(?:[!！~～\s]|\p{Extended_Pictographic}|\ufe0f)+|[!！~～]*\s*(?:谢谢|多谢|辛苦|领导|马上|立即|这就|尽快|一定|我会|will do|thanks|thank you).{0,12}/u,
  bare: true,
  help: 'commands:ack.line',
  run: async (context, rest) => {
    if (await acknowledgeAll(context, numberIn(rest))) return;
    // People confirm to one another in a room all day long.
    if (!context.turn.body.addressed) return;
    const running = (await ownAssignments(context)).some(({ reportedAt }) => reportedAt === null);
    context.reply({ key: running ? 'conversation:courtesy.thanks' : 'commands:ack.none' });
  },
};

/** Confirms the tasks that this person has not confirmed yet. @returns false when there are none */
export async function acknowledgeAll(
  context: CommandContext,
  number: number | null = null,
): Promise<boolean> {
  const open = (await ownAssignments(context)).filter(
    (one) =>
      one.acknowledgedAt === null &&
      one.reportedAt === null &&
      !one.isDeputy &&
      (number === null || one.number === number),
  );
  if (open.length === 0) return false;
  await context.transaction.assignment.updateMany({
    where: { id: { in: open.map(({ id }) => id) }, acknowledgedAt: null },
    data: { acknowledgedAt: context.at },
  });
  context.writes.audit.push(...open.map((task) => assignmentEvent(context, task, 'acknowledged')));
  context.reply(
    ...open.map(({ mode, targetName, dueOn }) => ({
      key: 'commands:ack.done' as const,
      params: { does: does(mode, targetName), due: { date: dueOn } },
    })),
  );
  return true;
}

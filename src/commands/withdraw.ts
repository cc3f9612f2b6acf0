import { freeMerged } from '../conversation/stand-again.ts';
import type { Text } from '../flow/text.ts';
import { assignmentEvent } from './assignment-event.ts';
import { numberIn } from './choose-assignment.ts';
import type { Command } from './command.ts';

/** 撤回问题: a problem recorded in one's own words is taken back by whoever recorded it, until the task is handed in. */
export const withdraw: Command = {
  name: 'withdraw',
  words: { 'zh-CN': ['撤回问题', '撤回', '删除问题'], en: ['withdraw', 'withdraw problem'] },
  takes: 'numbered',
  bare: false,
  help: 'commands:withdraw.line',
  run: async (context, rest) => {
    const { transaction, turn, at, writes } = context;
    const number = numberIn(rest);
    if (number === null) return context.reply({ key: 'commands:withdraw.how' });
    const mine = { number, reportedBy: turn.contact.id, sessionId: null, status: 'open' };
    const found = await transaction.finding.findFirst({
      where: mine,
      include: { assignment: { include: { activity: { select: { hidden: true } } } } },
    });
    if (found === null || found.assignment === null)
      return context.replyPrivately({ lines: [{ key: 'commands:withdraw.unknown', params: { number } }] });
    const { id, number: task, reportedAt, activityId, activity } = found.assignment;
    // What has been handed in, or is being put right, is no longer the inspector's alone.
    if (reportedAt !== null || found.stage !== null)
      return context.replyPrivately({ lines: [{ key: 'commands:withdraw.late', params: { number } }] });
    await transaction.finding.updateMany({
      where: { id: found.id, status: 'open' },
      data: { status: 'withdrawn', withdrawnAt: new Date(at) },
    });
    await freeMerged(context, [found.id]);
    const secret = activity.hidden ? activityId : null;
    const about = { id, number: task, campaignId: found.campaignId, secret };
    writes.audit.push(assignmentEvent(context, about, 'finding-withdrawn', { finding: number }));
    const problem = found.problem as Text;
    context.replyPrivately({ lines: [{ key: 'commands:withdraw.done', params: { number, problem } }] });
  },
};

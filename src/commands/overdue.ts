import { pagePart } from '../conversation/page-part.ts';
import type { Line } from '../flow/say.ts';
import { type Command, type CommandContext, seesCampaign, wordOf } from './command.ts';
import { filterFor, pageIn, pageRows, taskPage } from './task-rows.ts';
import { todayIn } from './time-left.ts';

/** 逾期: tasks past their day with no report in, and how many problems are past theirs; to the person alone (DOMAIN 2.11). */
export const overdue: Command = {
  name: 'overdue',
  words: { 'zh-CN': ['逾期', '逾期清单', '逾期任务'], en: ['overdue'] },
  takes: /第?\s*\d{1,3}\s*页?/,
  bare: false,
  ofCampaign: true,
  help: 'desk:overdue.line',
  run: async (context, rest) => {
    const { campaign, library, at } = context;
    if (campaign === null || campaign.status === 'draft')
      return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const { today } = todayIn(await library.campaign(campaign.id), at);
    const page = pageIn(` ${rest}`);
    const filter = { ...(await filterFor(context, campaign.id)), before: today };
    const { total, lines } = await taskPage(context, filter, { page, more: wordOf(overdue) });
    const problems = seesCampaign(context) ? await lateProblems(context, campaign.id, today) : 0;
    const { title } = campaign;
    const head: Line =
      total === 0
        ? { key: 'desk:overdue.none', params: { title } }
        : {
            key: 'desk:overdue.title',
            params: { title, count: total, page: pagePart(page, Math.ceil(total / pageRows)) },
          };
    context.replyPrivately({
      lines: [
        head,
        ...lines,
        ...(problems > 0 ? [{ key: 'desk:overdue.problems', params: { count: problems } } as const] : []),
        ...(total > 0 && seesCampaign(context) ? [{ key: 'desk:overdue.how' } as const] : []),
      ],
    });
  },
};

/** Problems whose unit is late, without those of hidden inspections. */
function lateProblems({ transaction }: CommandContext, campaignId: string, today: string): Promise<number> {
  return transaction.finding.count({
    where: {
      campaignId,
      status: 'open',
      dueOn: { lt: today },
      NOT: { assignment: { activity: { hidden: true } } },
    },
  });
}

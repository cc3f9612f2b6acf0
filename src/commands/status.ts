import type { Line } from '../flow/say.ts';
import { type Command, type CommandContext, seesCampaign } from './command.ts';
import { ownAssignments } from './own-assignments.ts';
import { isOverheard, whisper } from './private.ts';
import { hiddenLines, overdueCounts, overdueLines, overdueOf, totalLines } from './status-lines.ts';
import { taskLines } from './task-lines.ts';

/** 状态: how far are we? A coordinator sees the campaign, an inspector only own tasks. */
export const status: Command = {
  name: 'status',
  words: { 'zh-CN': ['状态', '进度', '进展'], en: ['status', 'progress'] },
  takes: null,
  bare: true,
  ofCampaign: true,
  help: 'commands:status.line',
  run: async (context) => (seesCampaign(context) ? wholeCampaign(context) : ownPart(context)),
};

/**
 * In a room the totals only; who is late is told to the coordinator alone, so that nobody is shown up in front of the
 * group (中央网信委 2023-12, DOMAIN 2.11).
 */
async function wholeCampaign(context: CommandContext): Promise<void> {
  const { campaign } = context;
  if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
  const title = campaign.title;
  if (campaign.status === 'draft') return context.reply({ key: 'commands:status.draft', params: { title } });
  const totals = await totalLines(context, campaign);
  const overdue = await overdueOf(context, campaign);
  const named = [...overdueLines(overdue), ...(await hiddenLines(context, campaign))];
  if (!isOverheard(context)) return context.reply(...totals, ...named);
  context.reply(...totals, ...overdueCounts(overdue));
  if (named.length > 0)
    whisper(context, {
      lines: [{ key: 'commands:status.title', params: titleParams(context, title) }, ...named],
    });
}

async function ownPart(context: CommandContext): Promise<void> {
  const own = await ownAssignments(context, 'inspector', 'leader');
  if (own.length === 0) return context.replyPrivately({ lines: [{ key: 'commands:tasks.none' }] });
  const done = own.filter(({ reportedAt }) => reportedAt !== null).length;
  const lines: Line[] = [{ key: 'commands:status.own', params: { done, total: own.length } }];
  context.replyPrivately({ lines: [...lines, ...(await taskLines(context, own))] });
}

function titleParams(
  { at, campaign }: CommandContext,
  title: NonNullable<CommandContext['campaign']>['title'],
) {
  return { title, at: { instant: at, zone: campaign?.zone ?? 'UTC' } };
}

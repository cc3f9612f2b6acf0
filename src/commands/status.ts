import type { Line } from '../flow/say.ts';
import { type Command, type CommandContext, seesCampaign } from './command.ts';
import { ownAssignments } from './own-assignments.ts';
import { isOverheard, whisper } from './private.ts';
import { isListed } from './several.ts';
import { hiddenBySight } from './sight.ts';
import { statusAbout } from './status-about.ts';
import { hiddenLines, overdueCounts, overdueLines, overdueOf, totalLines } from './status-lines.ts';
import { taskLines } from './task-lines.ts';

/** 状态: how far are we? A coordinator sees the campaign, or what is named behind the word; an inspector only own tasks. */
export const status: Command = {
  name: 'status',
  words: { 'zh-CN': ['状态', '进度', '进展'], en: ['status', 'progress'] },
  // What a unit's or an activity's name ends in: "进展 顺利" is an answer and "status quo" is talk.
  takes:
    /(?<=[\s:,，])(?:\S.{0,60}?)?(?:[省市区县旗镇乡村局厅院]|街道|政府|中心|窗口|委员会|检查|督查|抽查|互查|暗访|查访|体验|流程|自查|活动|county|district|city|town|township|village|centre|center|hall|window|bureau|office|government|visits?|inspections?|self-checks?|walk-?throughs?)/,
  bare: true,
  ofCampaign: true,
  ofAll: true,
  namesUnit: true,
  help: 'commands:status.line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (rest !== '' && campaign !== null && campaign.status !== 'draft')
      return statusAbout(context, campaign, rest);
    return seesCampaign(context) ? wholeCampaign(context) : ownPart(context);
  },
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
  const { all: secrets } = await hiddenBySight(context, campaign.id, true);
  const totals = await totalLines(context, campaign, isOverheard(context) ? [] : secrets);
  const overdue = await overdueOf(context, campaign);
  const named = [...overdueLines(overdue), ...(await hiddenLines(context, campaign, secrets))];
  if (!isOverheard(context)) return context.reply(...totals, ...named);
  context.reply(...totals, ...overdueCounts(overdue));
  if (secrets.length > 0) named.push({ key: 'audit:left-out.room' });
  if (named.length > 0)
    whisper(context, {
      lines: [{ key: 'commands:status.title', params: titleParams(context, title) }, ...named],
    });
}

async function ownPart(context: CommandContext): Promise<void> {
  const all = await ownAssignments(context, 'inspector', 'leader');
  const own = all.filter(({ campaignId }) => isListed(context, campaignId));
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

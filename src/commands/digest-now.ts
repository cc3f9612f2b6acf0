import { digestNow } from '../conversation/digest.ts';
import type { Command } from './command.ts';
import { notRunning } from './not-running.ts';
import { hiddenBySight } from './sight.ts';
import { todayIn } from './time-left.ts';

/** 日报: the digest of what is overdue, now and to whoever asks, as coordinators get it every day. */
export const digest: Command = {
  name: 'digest',
  words: { 'zh-CN': ['日报', '今日日报'], en: ['digest'] },
  takes: null,
  bare: false,
  ofCampaign: true,
  help: 'desk:digest.line',
  run: async (context) => {
    const { campaign, run, library, at } = context;
    if (campaign === null) return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const { title } = campaign;
    if (campaign.status !== 'published') return context.replyPrivately({ lines: [notRunning(campaign)] });
    const { all } = await hiddenBySight(context, campaign.id, true);
    const { today } = todayIn(await library.campaign(campaign.id), at);
    for (const { say, secret } of await digestNow(run, {
      campaignId: campaign.id,
      title,
      today,
      secrets: all,
    })) {
      const before = context.writes.outbox.length;
      context.replyPrivately({ ...say, lines: [...say.lines, { key: 'desk:digest.picture' }] });
      if (secret !== null) for (const row of context.writes.outbox.slice(before)) row.secret = secret;
    }
  },
};

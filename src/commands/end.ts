import type { Line } from '../flow/say.ts';
import { endCampaign, type OpenWork, roomsOf } from '../store/campaign-state.ts';
import { coordinatorsOf } from '../store/reach.ts';
import { answerWords, auditAct, campaignAct } from './campaign-act.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { keepUndo, tellOfDeed, untilTold } from './deeds.ts';
import { notRunning } from './not-running.ts';
import { withdrawNudges } from './nudge.ts';

/**
 * 结束活动: nothing is handed in, reminded of or asked any more, and its groups are asked to be dissolved, as work groups are to be when
 * their work is over (中央网信委 2023-12, DOMAIN 2.11).
 */
export const end: Command = {
  name: 'end',
  words: { 'zh-CN': ['结束活动', '活动结束'], en: ['close campaign', 'end campaign'] },
  takes: answerWords,
  bare: false,
  ofCampaign: true,
  help: 'desk:end.line',
  run: (context, rest) =>
    campaignAct(context, rest, {
      command: end,
      refused: async (campaign) => (campaign.status === 'published' ? null : notRunning(campaign)),
      plan: (params) => [
        { key: 'desk:end.plan', params },
        ...(params.tasks === 0 && params.findings === 0
          ? [{ key: 'desk:end.nothing-open' } as const]
          : [{ key: 'desk:end.open', params } as const]),
      ],
      act: endNow,
    }),
};

async function endNow(
  campaign: CampaignInQuestion,
  context: CommandContext,
  { tasks, findings }: OpenWork,
): Promise<void> {
  const { run, library, turn } = context;
  const { id: campaignId, title } = campaign;
  const facts = await library.campaign(campaignId);
  if (!(await endCampaign(run, campaignId))) return;
  await withdrawNudges(run, campaignId);
  await keepUndo(context, 'end', { kind: 'end', campaignId });
  auditAct(context, campaign, 'ended');
  const rooms = await roomsOf(run, campaignId);
  const line = (key: 'room' | 'hall' | 'told'): Line => ({ key: `desk:end.${key}`, params: { title } });
  for (const { urn, purpose } of rooms)
    tellOfDeed(context, facts, [{ room: urn }], { lines: [line(purpose === 'hall' ? 'hall' : 'room')] });
  const others = (await coordinatorsOf(run, campaignId)).filter((one) => one.contactId !== turn.contact.id);
  tellOfDeed(context, facts, others, { lines: [line('told')] });
  context.replyPrivately({
    lines: [
      { key: 'desk:end.done', params: { title, rooms: rooms.length, tasks, findings } },
      untilTold(context, facts, others.length),
    ],
  });
}

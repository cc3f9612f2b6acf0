import type { RoomPlan } from '../campaign/definition.ts';
import { tellNewRoom } from '../conversation/publish.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { askWhichCampaign, coordinatedCampaigns } from './coordinated.ts';

const hall = /大厅|hall/i;
const leaders = /领导|leaders/i;

/** 绑定群: ties a group chat to a campaign, for its inspectors, as the hall where citizens are, or for the leaders' weekly picture. */
export const room: Command = {
  name: 'room',
  words: {
    'zh-CN': ['绑定群', '关联本群', '绑定本群'],
    en: ['tie room', 'tie this room', 'tie this room to the campaign'],
  },
  takes: /(?:大厅|hall|领导|leaders)?\s*(?:[a-z0-9]+(?:-[a-z0-9]+)*)?/,
  bare: false,
  namesCampaign: true,
  help: 'commands:room.line',
  run: async (context, rest) => {
    if (context.room === null) return context.reply({ key: 'commands:room.in-private' });
    const campaigns = await coordinatedCampaigns(context, ['draft', 'published']);
    const code = rest.replace(hall, '').replace(leaders, '').trim().toLowerCase();
    const [first, second] = code === '' ? campaigns : campaigns.filter((one) => one.code === code);
    const purpose = hall.test(rest) ? 'hall' : leaders.test(rest) ? 'leaders' : 'inspection';
    if (first === undefined)
      return context.reply(
        campaigns.length === 0
          ? { key: 'commands:campaign.none' }
          : { key: 'commands:campaign.unknown', params: { code } },
      );
    if (second !== undefined)
      return askWhichCampaign(
        context,
        {
          command: 'room',
          how: 'commands:room.which',
          ...(purpose === 'inspection' ? {} : { carry: purpose }),
        },
        campaigns,
      );
    await tie(context, context.room, first, purpose);
  },
};

type RoomPurpose = RoomPlan['purpose'];

async function tie(
  context: CommandContext,
  { urn, campaignId }: NonNullable<CommandContext['room']>,
  campaign: CampaignInQuestion,
  purpose: RoomPurpose,
): Promise<void> {
  const { transaction, turn } = context;
  const before =
    campaignId === null || campaignId === campaign.id
      ? null
      : await transaction.campaign.findUnique({ where: { id: campaignId }, select: { title: true } });
  // What concerns everybody there is said in the language of whoever ties it.
  const tied = { campaignId: campaign.id, purpose, language: turn.contact.language };
  await transaction.room.upsert({ where: { urn }, create: { urn, ...tied }, update: tied });
  context.writes.audit.push({
    at: context.at,
    by: context.turn.contact.id,
    kind: 'room.tied',
    campaignId: campaign.id,
    about: `campaign:${campaign.code}`,
    data: { purpose, before: campaignId },
  });
  const title = campaign.title;
  const known = context.room;
  const isOther = known !== null && known.campaignId !== null && known.purpose !== purpose;
  const lines: Line[] = [
    before === null
      ? { key: 'commands:room.tied', params: { title } }
      : { key: 'commands:room.moved', params: { title, from: before.title as Text } },
    { key: `commands:room.${purpose}` },
    ...(isOther ? [{ key: `commands:room.was-${known.purpose as RoomPurpose}` } as const] : []),
  ];
  context.reply(...lines);
  if (purpose === 'inspection')
    context.writes.outbox.push(
      ...(await tellNewRoom(context, { campaignId: campaign.id, campaign: title, urn }, context.at)),
    );
}

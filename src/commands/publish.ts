import { overlapLines } from '../conversation/overlap-lines.ts';
import { type PublishResult, publishCampaign } from '../conversation/publish.ts';
import type { Line } from '../flow/say.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { askWhichCampaign, coordinatedCampaigns } from './coordinated.ts';

/** Names in one message. */
const namesMax = 50;
/** Warnings of other campaigns in one message. */
const overlapsMax = 5;

/** 发布: the loaded draft becomes real; everyone concerned is told. */
export const publish: Command = {
  name: 'publish',
  words: { 'zh-CN': ['发布', '发布方案'], en: ['publish'] },
  takes: /[a-z0-9]+(?:-[a-z0-9]+)*/,
  allowed: ['coordinator'],
  bare: false,
  help: 'commands:publish.line',
  run: async (context, rest) => {
    const { run, at, turn } = context;
    const drafts = await coordinatedCampaigns(context, ['draft']);
    const meant = meantBy(context, drafts, rest.trim().toLowerCase());
    if (meant === 'several')
      return askWhichCampaign(context, { command: 'publish', how: 'commands:publish.which' }, drafts);
    if (meant === null)
      return context.reply(
        rest === ''
          ? { key: 'commands:campaign.none' }
          : { key: 'commands:campaign.unknown', params: { code: rest.slice(0, 40) } },
      );
    const result = await publishCampaign(run, meant.id, at, turn.contact.id);
    if (result.kind === 'published') context.writes.audit.push(...result.audit);
    context.reply(...linesOf(result, meant, at));
  },
};

/** The draft of this code; without one the room's, or the only one. When there is no draft left, what is published already. */
function meantBy(
  { campaign, room }: CommandContext,
  drafts: CampaignInQuestion[],
  code: string,
): CampaignInQuestion | 'several' | null {
  if (code !== '' && code !== campaign?.code) return drafts.find((draft) => draft.code === code) ?? null;
  const isRooms = room !== null && room.campaignId === campaign?.id;
  if (campaign !== null && (code !== '' || isRooms || drafts.length === 0)) return campaign;
  return drafts.length > 1 ? 'several' : (drafts[0] ?? null);
}

function linesOf(result: PublishResult, { title, zone }: CampaignInQuestion, at: string): Line[] {
  switch (result.kind) {
    case 'published': {
      const { assignments, rooms, people, unmanned, overlaps, toldAt } = result;
      const lines: Line[] = [{ key: 'commands:publish.done', params: { title, assignments, rooms, people } }];
      if (toldAt > at)
        lines.push({ key: 'commands:publish.later', params: { at: { instant: toldAt, zone } } });
      if (unmanned.length > 0)
        lines.push({
          key: 'commands:publish.unmanned',
          params: { count: unmanned.length, units: { list: unmanned.slice(0, namesMax) } },
        });
      lines.push(...overlapLines(overlaps).slice(0, overlapsMax));
      return lines;
    }
    case 'already':
      return [
        { key: 'commands:publish.already', params: { title, at: { instant: result.publishedAt, zone } } },
      ];
    case 'undrawn':
      return [{ key: 'draw:undrawn', params: { title, activities: { list: result.activities } } }];
    case 'closed':
      return [{ key: 'commands:publish.closed', params: { title } }];
    case 'unknown':
      return [{ key: 'commands:campaign.none' }];
  }
}

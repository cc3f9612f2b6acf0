import { publishCampaign, tasksToGiveOut } from '../conversation/publish.ts';
import { publishLines } from '../conversation/publish-lines.ts';
import { restDayDeadlines } from '../conversation/publish-rest-days.ts';
import type { Line } from '../flow/say.ts';
import { publishLater } from '../store/later.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { askWhichCampaign, coordinatedCampaigns } from './coordinated.ts';

/** Tasks that are given out while the coordinator waits for the answer: some seconds' work on a slow machine. */
const tasksMax = 2000;

const confirmed = /(?:^|\s)(?:确认|confirm)$/i;

/** 发布: the loaded draft becomes real; everyone concerned is told. Deadlines on rest days are asked about first. */
export const publish: Command = {
  name: 'publish',
  words: { 'zh-CN': ['发布', '发布方案'], en: ['publish'] },
  takes: /(?:[a-z0-9]+(?:-[a-z0-9]+)*)?\s*(?:确认|confirm)?/,
  bare: false,
  namesCampaign: true,
  help: 'commands:publish.line',
  run: async (context, given) => {
    const rest = given.replace(confirmed, '').trim();
    const { run, at, turn } = context;
    const drafts = await coordinatedCampaigns(context, ['draft']);
    const meant = meantBy(context, drafts, rest.toLowerCase());
    if (meant === 'several')
      return askWhichCampaign(context, { command: 'publish', how: 'commands:publish.which' }, drafts);
    if (meant === null)
      return context.reply(
        rest === ''
          ? { key: 'commands:campaign.none' }
          : { key: 'commands:campaign.unknown', params: { code: rest.slice(0, 40) } },
      );
    const restDays = confirmed.test(given) ? [] : await restDayDeadlines(run, meant.id);
    if (restDays.length > 0) return askFirst(context, meant, restDays);
    const count = await tasksToGiveOut(run, meant.id);
    if (count > tasksMax) {
      await publishLater(run, { campaignId: meant.id, by: turn.contact.id });
      return context.reply({ key: 'files:publish.large', params: { title: meant.title, count } });
    }
    const result = await publishCampaign(run, meant.id, at, turn.contact.id);
    if (result.kind === 'published') context.writes.audit.push(...result.audit);
    context.reply(...publishLines(result, meant, at));
  },
};

/** A deadline on a rest day stays as it was written, once that was seen. */
function askFirst(context: CommandContext, { code, title }: CampaignInQuestion, restDays: Line[]): void {
  context.ask({
    lines: [
      { key: 'files:publish.rests', params: { title } },
      ...restDays,
      { key: 'files:publish.rests.how', params: { code } },
    ],
    ask: {
      target: 'command:publish',
      question: 'confirm',
      options: [{ id: `${code} confirm`, label: { key: 'files:publish.confirm' } }],
      many: false,
      numbered: false,
    },
  });
}

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

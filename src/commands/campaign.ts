import { plain } from '../campaign/nearest.ts';
import type { Line } from '../flow/say.ts';
import { inLanguage, languages, type Text } from '../flow/text.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';

/** Campaigns shown in one message. */
const shownMax = 20;

/** 方案: the campaigns in which somebody has a part, and which of them their commands in private are about. */
export const campaign: Command = {
  name: 'campaign',
  words: {
    'zh-CN': ['方案', '切换方案', '选择方案', '我的方案'],
    en: ['campaign', 'campaigns', 'switch campaign'],
  },
  takes: /(?<=[\s:,，])\S.{0,60}|\d{1,2}/,
  bare: false,
  namesCampaign: true,
  help: 'commands:choose.line',
  run: async (context, rest) => {
    const { campaigns, room } = context;
    if (room !== null && room.campaignId !== null && context.campaign !== null)
      return context.reply({ key: 'commands:choose.room', params: { title: context.campaign.title } });
    // An option carries its number, for whoever types that alone.
    const code = rest
      .trim()
      .toLowerCase()
      .replace(/^\d+ (?=\S)/u, '');
    const [only, second] = campaigns;
    if (only === undefined) return context.reply({ key: 'commands:campaign.none' });
    if (second === undefined && code === '')
      return context.reply({ key: 'commands:choose.only', params: { title: only.title } });
    const wanted =
      campaigns.find((one) => one.code === code) ?? numbered(campaigns, code) ?? called(campaigns, rest);
    if (wanted !== undefined) return choose(context, wanted);
    askWhich(context, code);
  },
};

async function choose(context: CommandContext, { id, title }: CampaignInQuestion): Promise<void> {
  await chooseCampaign(context, id);
  context.reply({ key: 'commands:choose.done', params: { title } });
}

/** What this person's commands in private are about from here on. */
export async function chooseCampaign(
  { transaction, turn }: Pick<CommandContext, 'transaction' | 'turn'>,
  campaignId: string,
): Promise<void> {
  await transaction.contact.update({ where: { id: turn.contact.id }, data: { campaignId } });
}

/** The one that stands at this number in the list. */
function numbered(campaigns: CampaignInQuestion[], words: string): CampaignInQuestion | undefined {
  const number = /^第?(\d{1,2})(?:个|号)?$/u.exec(words)?.[1];
  return number === undefined ? undefined : campaigns.slice(0, shownMax)[Number(number) - 1];
}

/** The one whose title holds these words, if there is but one. */
function called(campaigns: CampaignInQuestion[], words: string): CampaignInQuestion | undefined {
  const wanted = plain(words);
  const [first, second] = campaigns.filter(
    ({ title }) => wanted !== '' && textsOf(title).some((text) => plain(text).includes(wanted)),
  );
  return second === undefined ? first : undefined;
}

function askWhich({ campaigns, campaign: now, ask }: CommandContext, code: string): void {
  const unknown: Line[] = code === '' ? [] : [{ key: 'commands:choose.unknown', params: { code } }];
  const shown = campaigns.slice(0, shownMax);
  ask({
    lines: [
      ...unknown,
      ...(now === null ? [] : [{ key: 'commands:choose.now', params: { title: now.title } } as const]),
      ...shown.map(
        ({ code, title }, index): Line => ({
          key: 'commands:choose.row',
          params: { number: index + 1, code, title },
        }),
      ),
      { key: 'commands:choose.how', params: { number: shown.length } },
    ],
    ask: {
      target: 'command:campaign',
      question: 'campaign',
      options: shown.map(({ code, title }, index) => ({ id: `${index + 1} ${code}`, label: title })),
      many: false,
      numbered: false,
      typed: true,
    },
  });
}

function textsOf(title: Text): string[] {
  return languages.map((language) => inLanguage(title, language));
}

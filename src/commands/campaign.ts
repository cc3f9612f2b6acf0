import type { Line } from '../flow/say.ts';
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
  takes: /[a-z0-9]+(?:-[a-z0-9]+)*/,
  allowed: ['coordinator', 'inspector', 'liaison', 'leader'],
  bare: false,
  namesCampaign: true,
  help: 'commands:choose.line',
  run: async (context, rest) => {
    const { campaigns, room } = context;
    if (room !== null && room.campaignId !== null && context.campaign !== null)
      return context.reply({ key: 'commands:choose.room', params: { title: context.campaign.title } });
    const code = rest.trim().toLowerCase();
    const [only, second] = campaigns;
    if (only === undefined) return context.reply({ key: 'commands:campaign.none' });
    if (second === undefined && code === '')
      return context.reply({ key: 'commands:choose.only', params: { title: only.title } });
    const wanted = campaigns.find((one) => one.code === code);
    if (wanted !== undefined) return choose(context, wanted);
    askWhich(context, code);
  },
};

async function choose({ transaction, turn, reply }: CommandContext, { id, title }: CampaignInQuestion) {
  await transaction.contact.update({ where: { id: turn.contact.id }, data: { campaignId: id } });
  reply({ key: 'commands:choose.done', params: { title } });
}

function askWhich({ campaigns, campaign: now, ask }: CommandContext, code: string): void {
  const unknown: Line[] = code === '' ? [] : [{ key: 'commands:choose.unknown', params: { code } }];
  const shown = campaigns.slice(0, shownMax);
  ask({
    lines: [
      ...unknown,
      ...(now === null ? [] : [{ key: 'commands:choose.now', params: { title: now.title } } as const]),
      ...shown.map(({ code, title }): Line => ({ key: 'commands:campaign.named', params: { code, title } })),
      { key: 'commands:choose.how', params: { code: shown.at(-1)?.code ?? '' } },
    ],
    ask: {
      target: 'command:campaign',
      question: 'campaign',
      options: shown.map(({ code, title }) => ({ id: code, label: title })),
      many: false,
      numbered: false,
    },
  });
}

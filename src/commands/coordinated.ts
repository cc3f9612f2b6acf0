import type { Line, SentenceKey } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';

/** Campaigns that one message offers. */
const offeredMax = 20;

/** The campaigns in these states that this person coordinates, the newest first. */
export async function coordinatedCampaigns(
  { transaction, roles }: CommandContext,
  states: CampaignInQuestion['status'][],
): Promise<CampaignInQuestion[]> {
  const own = roles.filter(({ role }) => role === 'coordinator').map(({ campaignId }) => campaignId);
  const some = own.flatMap((id) => (id === null ? [] : [id]));
  const rows = await transaction.campaign.findMany({
    where: { status: { in: states }, ...(own.includes(null) ? {} : { id: { in: some } }) },
    select: { id: true, code: true, title: true, zone: true, status: true },
    orderBy: [{ loadedAt: 'desc' }, { code: 'asc' }],
    take: offeredMax,
  });
  return rows.map((row) => ({
    ...row,
    title: row.title as Text,
    status: row.status as CampaignInQuestion['status'],
  }));
}

/** Asks which of several campaigns was meant; `how` says how to give its code in words. */
export function askWhichCampaign(
  context: CommandContext,
  { command, how, carry = '' }: { command: string; how: SentenceKey; carry?: string },
  campaigns: CampaignInQuestion[],
): void {
  const lines = campaigns.map(
    ({ code, title }): Line => ({ key: 'commands:campaign.named', params: { code, title } }),
  );
  context.ask({
    lines: [
      { key: 'commands:campaign.which' },
      ...lines,
      { key: how, params: { code: campaigns[0]?.code ?? '' } },
    ],
    ask: {
      target: `command:${command}`,
      question: 'campaign',
      options: campaigns.map(({ code, title }) => ({ id: `${code} ${carry}`.trim(), label: title })),
      many: false,
      numbered: false,
      typed: true,
    },
  });
}

import type { Text } from '../flow/text.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';

/** The published campaigns that ask citizens, the newest first; of a tied room only its own. */
export async function surveyedCampaigns({
  run,
  room,
}: Pick<CommandContext, 'run' | 'room'>): Promise<Pick<CampaignInQuestion, 'id' | 'code' | 'title'>[]> {
  return run<{ id: string; code: string; title: Text }>(
    `SELECT id::text, code, title FROM campaign
     WHERE status = 'published' AND definition ? 'survey' AND id = coalesce($1::uuid, id)
     ORDER BY published_at DESC`,
    [room?.campaignId ?? null],
  );
}

/** The newest version of the citizen survey of a campaign (by code); null when it has none. */
export async function surveyFlow(
  { transaction }: Pick<CommandContext, 'transaction'>,
  code: string,
): Promise<{ id: string; version: number } | null> {
  const campaign = await transaction.campaign.findUnique({ where: { code }, select: { definition: true } });
  const { survey } = (campaign?.definition ?? {}) as { survey?: string };
  if (survey === undefined) return null;
  return transaction.flow.findFirst({
    where: { id: survey },
    orderBy: { version: 'desc' },
    select: { id: true, version: true },
  });
}

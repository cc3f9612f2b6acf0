import { CovertActivity } from '../campaign/activities/covert.ts';
import type { SecretActivity } from '../conversation/visits.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';
import { hiddenBySight } from './sight.ts';

/** The secret activities that this person's unit coordinates, of a published campaign; none where others read along. */
export async function ownCovert(
  context: CommandContext,
  campaign: CampaignInQuestion | null,
): Promise<SecretActivity[]> {
  if (campaign?.status !== 'published') return [];
  const { all } = await hiddenBySight(context, campaign.id);
  const rows = await context.transaction.activity.findMany({
    where: { id: { in: all }, mode: 'covert' },
    select: { id: true, code: true, campaignId: true, title: true, rules: true },
    orderBy: { code: 'asc' },
  });
  return rows.map((row) => ({ ...row, title: row.title as Text, rules: CovertActivity.parse(row.rules) }));
}

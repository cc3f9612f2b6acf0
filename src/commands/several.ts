import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CommandContext } from './command.ts';

/** Whether a list shows rows of this campaign: of the one that was chosen, else of all. */
export function isListed({ isChosen, campaign }: CommandContext, campaignId: string): boolean {
  return !isChosen || campaign?.id === campaignId;
}

/** A line, and the campaign that it is about. */
export interface CampaignRow {
  campaignId: string;
  line: Line;
}

/**
 * Rows of one campaign as they are; where rows of several stand together each names its own (decision 12).
 * @param unclear names it too where all are of one, and nothing else says of which
 */
export async function namedRows(
  { transaction, campaigns }: Pick<CommandContext, 'transaction' | 'campaigns'>,
  rows: readonly CampaignRow[],
  unclear = false,
): Promise<Line[]> {
  const ids = [...new Set(rows.map(({ campaignId }) => campaignId))];
  if (ids.length < 2 && !unclear) return rows.map(({ line }) => line);
  const titles = new Map(campaigns.map(({ id, title }) => [id, title]));
  const unknown = ids.filter((id) => !titles.has(id));
  if (unknown.length > 0) {
    const found = await transaction.campaign.findMany({
      where: { id: { in: unknown } },
      select: { id: true, title: true },
    });
    for (const { id, title } of found) titles.set(id, title as Text);
  }
  return rows.map(({ campaignId, line }) => {
    const title = titles.get(campaignId);
    const row = 'text' in line ? line.text : line;
    return title === undefined ? line : { key: 'commands:row.of', params: { row, title } };
  });
}

/** That a list kept to the campaign that was chosen, for a command that is not about one by itself. */
export function keptTo({ isChosen, campaign, campaigns }: CommandContext): Line[] {
  if (!isChosen || campaign === null) return [];
  return [{ key: 'commands:choose.about', params: { title: campaign.title, others: campaigns.length - 1 } }];
}

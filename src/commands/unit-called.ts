import { unitNamed, unitsLike } from '../campaign/unit.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';
import { coordinatedCampaigns } from './coordinated.ts';

interface KnownUnit {
  id: string;
  code: string;
  name: Text;
}

/** The unit that was named and its campaign, or the units most like it. */
export type CalledUnit =
  | { kind: 'unit'; unit: KnownUnit; campaign: CampaignInQuestion }
  | { kind: 'unknown'; near: KnownUnit[] };

/**
 * The unit of the campaign in question that goes by this name, alias or code; else one of another campaign that the
 * person coordinates: a draft has no say in which campaign is in question, but its people are invited before it is out.
 */
export async function unitCalled(
  context: CommandContext,
  first: CampaignInQuestion,
  name: string,
): Promise<CalledUnit> {
  const others = await coordinatedCampaigns(context, ['draft', 'published']);
  const near: KnownUnit[] = [];
  for (const campaign of [first, ...others.filter(({ id }) => id !== first.id)]) {
    const units = await unitsOf(context, campaign.id);
    const found = unitNamed(units, name);
    if (found !== undefined) return { kind: 'unit', unit: found.row, campaign };
    if (near.length > 0) continue;
    const like = unitsLike(units, name).flatMap((one) => unitNamed(units, one)?.row ?? []);
    near.push(...new Set(like));
  }
  return { kind: 'unknown', near };
}

/** Units as the rules of names want them, which call a unit's code its id. */
export async function unitsOf({ transaction }: Pick<CommandContext, 'transaction'>, campaignId: string) {
  const rows = await transaction.unit.findMany({
    where: { campaignId },
    select: { id: true, code: true, name: true, aliases: true },
  });
  return rows.map(({ id, code, name, aliases }) => ({
    id: code,
    name: name as Text,
    aliases,
    row: { id, code, name: name as Text },
  }));
}

import { unitNamed, unitsLike } from '../campaign/unit.ts';
import type { Text } from '../flow/text.ts';
import type { Transaction } from '../store/database.ts';
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
    const unit = await unitByName(context, campaign.id, name);
    if (unit !== undefined) return { kind: 'unit', unit, campaign };
    if (near.length > 0) continue;
    const units = await unitsOf(context, campaign.id);
    const like = unitsLike(units, name).flatMap((one) => unitNamed(units, one)?.row ?? []);
    near.push(...new Set(like));
  }
  return { kind: 'unknown', near };
}

/** By exactly these words first: to read every unit takes 30 ms a thousand, and people write names as they stand. */
export async function unitByName(
  context: Pick<CommandContext, 'run' | 'transaction'>,
  campaignId: string,
  words: string,
): Promise<KnownUnit | undefined> {
  const [exact] = await context.run<KnownUnit>(
    `SELECT id::text, code, name FROM unit WHERE campaign_id = $1::uuid
       AND (code = $2 OR name = to_jsonb($2::text) OR name ->> 'zh-CN' = $2 OR name ->> 'en' = $2 OR $2 = ANY (aliases))
     ORDER BY code LIMIT 1`,
    [campaignId, words.trim()],
  );
  return exact ?? unitNamed(await unitsOf(context, campaignId), words)?.row;
}

/** Units as the rules of names want them, which call a unit's code its id; read once a turn. */
export function unitsOf({ transaction }: Pick<CommandContext, 'transaction'>, campaignId: string) {
  const read = unitsRead.get(transaction) ?? new Map<string, ReturnType<typeof readUnits>>();
  unitsRead.set(transaction, read);
  const units = read.get(campaignId) ?? readUnits(transaction, campaignId);
  read.set(campaignId, units);
  return units;
}

const unitsRead = new WeakMap<Transaction, Map<string, ReturnType<typeof readUnits>>>();

async function readUnits(transaction: Transaction, campaignId: string) {
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

import { tellAt } from '../conversation/ledger-post.ts';
import { type Ordered, orderNotice } from '../conversation/order-notice.ts';
import type { LedgerFinding } from '../store/ledger.ts';
import type { CommandContext } from './command.ts';
import { tell, unitPeople } from './ledger-finding.ts';

/** When the people of a unit will have received an order given now; null while nobody is there to be told. */
export async function receivedAtOf(
  context: CommandContext,
  { campaignId }: LedgerFinding,
  unit: string,
): Promise<string | null> {
  if ((await unitPeople(context, unit)).length === 0) return null;
  return tellAt(await context.library.campaign(campaignId), context.at);
}

/**
 * Tells the unit of an order.
 * @returns how many people are told
 */
export async function sendOrder(context: CommandContext, finding: Ordered): Promise<number> {
  const people = await unitPeople(context, finding.record.unit);
  const facts = await context.library.campaign(finding.campaignId);
  const notice = await orderNotice(context, finding, tellAt(facts, context.at));
  await tell(context, finding, people, { ...notice, step: 'ordered' });
  return people.length;
}

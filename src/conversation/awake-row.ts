import { outOfQuiet, quietOf } from '../campaign/instant.ts';
import { channelOf } from '../channels/address.ts';
import type { Say } from '../flow/say.ts';
import type { CampaignFacts } from '../store/library.ts';
import type { Reachable } from '../store/reach.ts';
import { type OutboxRow, priority } from '../store/writes.ts';

/** A private message that nobody waits for: at once, or when the quiet hours are over, and never in them. */
export function awakeRow(
  { contactId, address }: Reachable,
  say: Say,
  { rules, zone }: Pick<CampaignFacts, 'rules' | 'zone'>,
  at: string,
): OutboxRow {
  const dueAt = outOfQuiet(at, rules.quiet, zone);
  return {
    channel: channelOf(address),
    address,
    contactId,
    priority: priority.broadcast,
    say,
    at,
    dueAt,
    ...quietOf(dueAt, rules.quiet, zone),
  };
}

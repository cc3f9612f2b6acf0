import { outOfQuiet, quietOf } from '../campaign/instant.ts';
import { channelOf } from '../channels/address.ts';
import type { Line, Param, Say } from '../flow/say.ts';
import { deedKey, keepDeed, type Undo } from '../store/deeds.ts';
import type { CampaignFacts } from '../store/library.ts';
import type { Reachable } from '../store/reach.ts';
import { type OutboxRow, priority } from '../store/writes.ts';
import type { CommandContext } from './command.ts';

/** How long a deed can be undone, in minutes; for so long those concerned are not told of it. */
export const undoMinutes = 10;

/** When those concerned hear of a deed: once it stands, and outside quiet hours. */
export function toldAt({ at }: Pick<CommandContext, 'at'>, { rules, zone }: CampaignFacts): string {
  const stands = new Date(Date.parse(at) + undoMinutes * 60_000).toISOString();
  return outOfQuiet(stands, rules.quiet, zone);
}

/** This message's deed, by its number. */
function deedOf({ turn }: Pick<CommandContext, 'turn'>): string {
  return String(turn.seq);
}

/** Keeps how what was just done is undone. */
export async function keepUndo(
  { run, turn, at }: CommandContext,
  command: string,
  undo: Undo,
): Promise<void> {
  await keepDeed(run, turn.contact.id, { id: deedOf({ turn }), command, at, undo });
}

/**
 * Tells people or rooms of a deed once it can't be undone any more.
 * @param part what makes several messages to the same person different
 */
export function tellOfDeed(
  context: CommandContext,
  facts: CampaignFacts,
  to: readonly (Reachable | { room: string })[],
  say: Say,
  { part = '', secret = null }: { part?: string; secret?: string | null } = {},
): void {
  const dueAt = toldAt(context, facts);
  for (const one of to) {
    const address = 'room' in one ? one.room : one.address;
    const row: OutboxRow = {
      key: deedKey(deedOf(context), `${part}:${'room' in one ? one.room : one.contactId}`),
      channel: channelOf(address),
      address,
      ...('room' in one ? {} : { contactId: one.contactId }),
      priority: priority.broadcast,
      say,
      at: context.at,
      dueAt,
      ...quietOf(dueAt, facts.rules.quiet, facts.zone),
      ...(secret === null ? {} : { secret }),
    };
    context.writes.outbox.push(row);
  }
}

/** When they hear of it, and that it can be undone until then. */
export function untilTold(context: CommandContext, facts: CampaignFacts, people: number): Line {
  const instant = (at: string): Param => ({ instant: at, zone: facts.zone });
  const until = new Date(Date.parse(context.at) + undoMinutes * 60_000).toISOString();
  return people === 0
    ? { key: 'desk:deed.nobody', params: { until: instant(until) } }
    : {
        key: 'desk:deed.told',
        params: { people, at: instant(toldAt(context, facts)), until: instant(until) },
      };
}

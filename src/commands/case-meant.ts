import { moverFor } from '../conversation/ledger.ts';
import type { NamedMover } from '../store/movers.ts';
import { type FoundCase, takeCase } from '../store/rating-cases.ts';
import type { CommandContext } from './command.ts';
import { unitsAs } from './own-assignments.ts';

/** A case that a command is about, locked for the transaction, and who gave the command. */
export interface MeantCase {
  found: FoundCase;
  who: NamedMover & {
    /** Of the owners: liaison of the unit that it lies with, or coordinator where there is none. */
    isOwner: boolean;
  };
  /** May read what the citizen wrote: owners and coordinators. */
  mayRead: boolean;
}

/**
 * The case of that number, if this person may know of it; otherwise they are told, in the same words whether it exists or
 * not, and null is returned.
 */
export async function caseMeant(context: CommandContext, number: number): Promise<MeantCase | null> {
  const found = await takeCase(context.run, number);
  const meant = found === null ? null : await seenBy(context, found);
  if (meant === null) context.replyPrivately({ lines: [{ key: 'cases:unknown', params: { number } }] });
  else context.concern.campaignId = meant.found.campaignId;
  return meant;
}

async function seenBy(context: CommandContext, found: FoundCase): Promise<MeantCase | null> {
  const { unitId, owner, head } = found;
  const who = await moverFor(context, context.turn.contact.id, found.campaignId);
  const isTheirs = [unitId, owner, head].some((one) => one !== null && who.answersFor.includes(one));
  if (!who.coordinates && !who.leads && !isTheirs) return null;
  const isOwner = owner === null ? who.coordinates : unitsAs(context, 'liaison').includes(owner);
  return { found, who: { ...who, isOwner }, mayRead: isOwner || who.coordinates };
}

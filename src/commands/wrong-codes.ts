import type { CommandContext } from './command.ts';

/** Wrong codes that one person may send within an hour. */
const wrongMax = 5;
const hourMs = 3_600_000;

/** Whether this person has guessed too often to be listened to now. */
export async function isLockedOut({ transaction, turn, at }: CommandContext): Promise<boolean> {
  const since = new Date(Date.parse(at) - hourMs);
  const tries = await transaction.wrongCode.count({
    where: { contactId: turn.contact.id, at: { gt: since } },
  });
  return tries >= wrongMax;
}

/** Counts a wrong code; what is older than an hour is of no use any more. */
export async function recordWrong({ transaction, turn, at }: CommandContext): Promise<void> {
  const contactId = turn.contact.id;
  await transaction.wrongCode.deleteMany({
    where: { contactId, at: { lte: new Date(Date.parse(at) - hourMs) } },
  });
  await transaction.wrongCode.create({ data: { contactId, at } });
}

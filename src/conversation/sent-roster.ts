import { type CommandContext, isAllowed } from '../commands/command.ts';
import { importFile } from '../commands/import.ts';
import type { TypedCommand } from '../commands/read.ts';
import { dropSentTables } from '../store/rosters.ts';
import type { WaitingTurn } from '../store/turns.ts';

/** Whether a table came with the message, which may be a roster. */
export function hasRoster({ attachments }: Pick<WaitingTurn, 'attachments'>): boolean {
  return attachments.some(({ status }) => status === 'roster');
}

/**
 * What a table means that came with a message: in private from a coordinator, or with the word, that it is to be imported. From
 * anybody else it is a file that nothing is known to be done with, and its bytes are not kept.
 */
export async function sentRoster(
  context: CommandContext,
  typed: TypedCommand | null,
): Promise<TypedCommand | null> {
  const { turn, run, room } = context;
  const isMeant =
    typed?.command === importFile || (typed === null && room === null && turn.body.press === undefined);
  if (isMeant && isAllowed(context, importFile))
    return typed ?? { command: importFile, word: importFile.name, rest: '' };
  await dropSentTables(run, turn.seq);
  return null;
}

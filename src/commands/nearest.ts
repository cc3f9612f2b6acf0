import { nearest, plain } from '../campaign/nearest.ts';
import type { Language } from '../flow/text.ts';
import { type Command, type CommandContext, isAllowed } from './command.ts';
import { commands } from './registry.ts';

/** At most so many are offered. */
const offeredMax = 3;

/**
 * The commands that this person may give whose words look most like what was typed, or begin it, as they are said in the
 * person's language.
 */
export function nearestCommands(
  context: Pick<CommandContext, 'roles' | 'campaign'>,
  typed: string,
  language: Language,
): string[] {
  // One letter is near to every short word.
  if (plain(typed).length < 2) return [];
  const shown = new Map<string, { command: Command; word: string }>();
  for (const command of commands.filter((one) => isAllowed(context, one))) {
    const own = command.words[language];
    // A word of theirs that looks like it, sooner than the one that the help shows.
    for (const known of [command.name, ...command.words['zh-CN'], ...command.words.en])
      shown.set(known, { command, word: own.includes(known) ? known : (own[0] ?? command.name) });
  }
  const known = [...shown.keys()];
  const begun = known.filter((word) => plain(word).length > 1 && plain(typed).startsWith(plain(word)));
  const near = [...begun, ...nearest(typed, known, 6)].flatMap((word) => shown.get(word) ?? []);
  const first = near.filter((one, at) => near.findIndex(({ command }) => command === one.command) === at);
  return first.slice(0, offeredMax).map(({ word }) => word);
}

/** The command that this person may give and whose word begins what was typed, with something behind it that it does not take. */
export function commandBegun(
  context: Pick<CommandContext, 'roles' | 'campaign'>,
  typed: string,
): Command | null {
  const words = commands
    .filter((one) => isAllowed(context, one))
    .flatMap((command) =>
      [command.name, ...command.words['zh-CN'], ...command.words.en].map((word) => ({ command, word })),
    )
    .sort((one, other) => other.word.length - one.word.length);
  const said = typed.trim().toLowerCase();
  const begun = words.find(
    ({ word }) => said.startsWith(`${word} `) || said.startsWith(`${word}：`) || said.startsWith(`${word}:`),
  );
  return begun?.command ?? null;
}

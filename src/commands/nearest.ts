import { nearest } from '../campaign/nearest.ts';
import type { Language } from '../flow/text.ts';
import { commands } from './registry.ts';

/** The commands whose words look most like what was typed, as they are said in the person's language; at most three. */
export function nearestCommands(typed: string, language: Language): string[] {
  const shown = new Map<string, string>();
  for (const command of commands) {
    const word = command.words[language][0] ?? command.name;
    for (const known of [command.name, ...command.words['zh-CN'], ...command.words.en])
      shown.set(known, word);
  }
  const near = nearest(typed, [...shown.keys()], 6).flatMap((known) => shown.get(known) ?? []);
  return [...new Set(near)].slice(0, 3);
}

import { z } from 'zod';
import { Text } from '../flow/text.ts';
import { nearest, plain } from './nearest.ts';

/** What a campaign file calls its things by: small letters, digits, hyphens between them. */
export const Id = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** An organisation, area, hall or window, in a tree. `aliases` are the other names it goes by in the notice and in chat. */
export const Unit = z.strictObject({
  id: Id,
  name: Text,
  kind: z.enum(['organisation', 'area', 'hall', 'window']),
  parent: z.string().optional(),
  aliases: z.array(z.string().min(1).max(100)).max(20).default([]),
  /** Tickets in a draw by weight; one without. */
  weight: z.int().min(1).max(10_000).optional(),
});
export type Unit = z.infer<typeof Unit>;

type Named = Pick<Unit, 'id' | 'name' | 'aliases'>;

/** The unit that goes by these words: its id, its name in any language, or an alias. Spaces and full width don't matter. */
export function unitNamed<U extends Named>(units: readonly U[], words: string): U | undefined {
  return indexUnits(units)(words);
}

/** `unitNamed` for many words: every name is looked at once. */
export function indexUnits<U extends Named>(units: readonly U[]): (words: string) => U | undefined {
  const index = new Map<string, U>();
  for (const unit of units)
    for (const name of namesOf(unit).map(plain)) if (name !== '' && !index.has(name)) index.set(name, unit);
  return (words) => index.get(plain(words));
}

/**
 * The unit whose name or alias a place begins with, the longest where several do: 市行政服务中心3号窗口 is at
 * 市行政服务中心. Undefined where none is named, or two by the same words: nothing is guessed.
 */
export function unitAtStart<U extends Named>(units: readonly U[], place: string): U | undefined {
  const said = plain(place);
  const begun = units.flatMap((unit) =>
    namesOf(unit)
      // An id is a word of the file, and no name.
      .filter((name) => name !== unit.id)
      .map((name) => ({ unit, name: plain(name) }))
      .filter(({ name }) => name.length > 1 && beginsWith(said, name)),
  );
  const longest = Math.max(...begun.map(({ name }) => name.length));
  const found = new Set(begun.flatMap(({ unit, name }) => (name.length === longest ? [unit] : [])));
  return found.size === 1 ? [...found][0] : undefined;
}

/** Latin words end where they end: "Portal" is not at the Port. */
function beginsWith(said: string, name: string): boolean {
  return said.startsWith(name) && !/^[a-z][a-z]/.test(said.slice(name.length - 1));
}

/** Names of units most like the words, to offer when `unitNamed` finds none. */
export function unitsLike(units: readonly Named[], words: string, max = 3): string[] {
  return nearest(words, units.flatMap(namesOf), max);
}

/** Everything a unit may be called. */
export function namesOf({ id, name, aliases }: Named): string[] {
  return [...new Set([id, ...(typeof name === 'string' ? [name] : Object.values(name)), ...aliases])];
}

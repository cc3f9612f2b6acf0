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

/** Names of units most like the words, to offer when `unitNamed` finds none. */
export function unitsLike(units: readonly Named[], words: string, max = 3): string[] {
  return nearest(words, units.flatMap(namesOf), max);
}

/** Everything a unit may be called. */
export function namesOf({ id, name, aliases }: Named): string[] {
  return [...new Set([id, ...(typeof name === 'string' ? [name] : Object.values(name)), ...aliases])];
}

import type { Talk } from '../conversation/stage.ts';

/**
 * What is left to chance (codes, seeds of draws, numbers of secret tasks), the same in every run: for scripts that tell
 * what was said, and type a code that was told. Nothing of node's is imported here: its `node:crypto` is what this stands for.
 */
export const chance = {
  count: 0,
  int(below: number): number {
    chance.count += 1;
    return mixed(chance.count) % below;
  },
  hex(bytes: number): string {
    chance.count += 1;
    const first = mixed(chance.count);
    const digits = (place: number) =>
      mixed(first + place)
        .toString(16)
        .padStart(8, '0');
    return Array.from({ length: Math.ceil(bytes / 4) }, (_, place) => digits(place))
      .join('')
      .slice(0, bytes * 2);
  },
};

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of the number. */
function mixed(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** From the beginning, in the database too. */
export async function restartChance({ query }: Pick<Talk, 'query'>): Promise<void> {
  chance.count = 0;
  await query('CREATE SEQUENCE by_chance START 10000001 INCREMENT 7654321');
  await query(
    `CREATE OR REPLACE FUNCTION number_by_chance(taken regclass) RETURNS integer LANGUAGE sql AS
     $$ SELECT nextval('by_chance')::integer $$`,
  );
}

import type { Inspector, Member } from './frame.ts';
import { avoidersOf } from './recusal.ts';
import { type Refused, refused } from './refused.ts';
import type { DrawStream } from './stream.ts';

/** Who inspects one object, in the order drawn; by id. */
export interface Team {
  object: string;
  inspectors: string[];
  /** When all of them go (YYYY-MM-DD), where the frame has days to draw from. */
  day?: string | undefined;
}

/** Looks at one inspector for one object that a draw may take: with more it would hold everybody else up. */
const looksMax = 100_000_000;

/**
 * Gives each object, in the order given, `wanted` different inspectors who need not recuse themselves. Each is drawn
 * among those who have the fewest objects so far, all of them equally likely, so that the work is spread evenly.
 */
export function drawTeams(
  stream: DrawStream,
  wanted: number,
  objects: readonly Member[],
  inspectors: readonly Inspector[],
): { kind: 'drawn'; teams: Team[] } | Refused {
  if (inspectors.length === 0) return refused('refused.no-inspectors');
  if (objects.length * inspectors.length * wanted > looksMax)
    return refused('refused.too-large', { objects: objects.length, inspectors: inspectors.length });
  const avoiders = avoidersOf(inspectors);
  const loads = new Uint32Array(inspectors.length);
  const teams: Team[] = [];
  for (const object of objects) {
    const out = avoiders(object);
    const have = inspectors.length - out.size;
    if (have < wanted)
      return refused('refused.inspectors', { object: object.name, wanted, have, recused: out.size });
    const places = Array.from({ length: wanted }, () => {
      const idlest = idlestOf(loads, out);
      const place = idlest[stream.below(idlest.length)] as number;
      loads[place] = (loads[place] as number) + 1;
      out.add(place);
      return place;
    });
    teams.push({ object: object.id, inspectors: places.map((place) => inspectors[place]?.id ?? '') });
  }
  return { kind: 'drawn', teams };
}

/** Gives each team, in the order given, a day: any of them, equally likely. Drawn when all teams are there. */
export function drawDays(stream: DrawStream, teams: readonly Team[], days: readonly string[]): Team[] {
  return teams.map((team) => ({ ...team, day: days[stream.below(days.length)] as string }));
}

/** Those with the fewest objects, in the order of the frame, without those who are out of the question. */
function idlestOf(loads: Uint32Array, out: ReadonlySet<number>): number[] {
  let least = Number.POSITIVE_INFINITY;
  let found: number[] = [];
  for (let place = 0; place < loads.length; place += 1) {
    const load = loads[place] as number;
    if (load > least || out.has(place)) continue;
    if (load < least) found = [];
    least = load;
    found.push(place);
  }
  return found;
}

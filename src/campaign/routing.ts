import { z } from 'zod';
import { Text } from '../flow/text.ts';
import type { Unit } from './unit.ts';

/**
 * Where the reports of some units go. Which units: those named, those of a kind, those beneath a unit; several tests
 * must all hold. `besides`: to the activity's coordinator as well.
 */
export const Route = z.strictObject({
  units: z.array(z.string().min(1)).min(1).max(5000).optional(),
  kinds: z
    .array(z.enum(['organisation', 'area', 'hall', 'window']))
    .min(1)
    .optional(),
  under: z.string().min(1).optional(),
  to: z.array(z.string().min(1)).min(1).max(20),
  contact: Text.optional(),
  besides: z.boolean().default(false),
});
export type Route = z.infer<typeof Route>;

/** What the routing must know of a unit. */
export type PlacedUnit = Pick<Unit, 'id' | 'kind' | 'parent'>;

/** What the routing must know of an activity. */
export interface Routed {
  coordinator: string;
  contact?: Text | undefined;
  routes: readonly Route[];
}

/** A unit that gets a report, and what its contact is called. */
export interface Receiver {
  unit: string;
  contact: Text | null;
}

/**
 * Who gets the report of a unit: those of every route that fits (to several at once, MDJ-3.6), else the activity's
 * coordinator (JX-5.1). Each once, in the order of the file.
 */
export function receiversOf(
  { coordinator, contact, routes }: Routed,
  unit: string,
  units: readonly PlacedUnit[],
): Receiver[] {
  const own = { unit: coordinator, contact: contact ?? null };
  const fitting = routes.filter((route) => fits(route, unit, units));
  const routed = fitting.flatMap((route) =>
    route.to.map((to) => ({ unit: to, contact: route.contact ?? null })),
  );
  const all = fitting.length === 0 || fitting.some(({ besides }) => besides) ? [own, ...routed] : routed;
  return all.filter((one, index) => all.findIndex((other) => other.unit === one.unit) === index);
}

function fits({ units: named, kinds, under }: Route, unit: string, units: readonly PlacedUnit[]): boolean {
  const own = units.find(({ id }) => id === unit);
  return (
    (named === undefined || named.includes(unit)) &&
    (kinds === undefined || (own !== undefined && kinds.includes(own.kind))) &&
    (under === undefined || isUnder(unit, under, units))
  );
}

/** Whether a unit is beneath another in the tree. */
export function isUnder(unit: string, above: string, units: readonly PlacedUnit[]): boolean {
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  const seen = new Set<string>();
  for (let at = parents.get(unit); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === above) return true;
    seen.add(at);
  }
  return false;
}

/**
 * Units that inspect in one activity and coordinate or receive reports in another (JX-5.1: 市行政服务中心 does both):
 * allowed, and to be told before publishing.
 */
export function conflictsOf(
  activities: readonly (Routed & { id: string; assignees: readonly string[] })[],
): { unit: string; inspectsIn: string[]; coordinates: string[] }[] {
  const coordinates = new Map<string, Set<string>>();
  for (const { id, coordinator, routes } of activities)
    for (const unit of [coordinator, ...routes.flatMap(({ to }) => to)])
      coordinates.set(unit, (coordinates.get(unit) ?? new Set()).add(id));
  return [...coordinates].flatMap(([unit, own]) => {
    const inspectsIn = activities.filter(({ assignees }) => assignees.includes(unit)).map(({ id }) => id);
    return inspectsIn.length === 0 ? [] : [{ unit, inspectsIn, coordinates: [...own] }];
  });
}

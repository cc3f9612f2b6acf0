import { type HeldRole, type PageName, partsOf, reachOn } from '../../roles.ts';

export { type PageName, pageNames } from '../../roles.ts';

/** Whoever wants to see a page. `leads`: the campaigns whose leading group they are of (ids). */
export interface Person {
  roles: readonly HeldRole[];
  leads: readonly string[];
}

/** What is wanted: of which campaign, and where it is about a unit, its id and those above it, the nearest first. */
export interface Wanted {
  name: PageName;
  campaignId: string | null;
  unit?: readonly string[];
}

/**
 * The one question that every page asks first, of the table in src/roles.ts. A page about a unit is refused to those who have no
 * part in that unit. What is on a page is narrowed further by what its reader may know of problems and hidden activities.
 */
export function may({ roles, leads }: Person, { name, campaignId, unit }: Wanted): boolean {
  return roles.some((own) => {
    const held = { ...own, leads: own.campaignId !== null && leads.includes(own.campaignId) };
    return partsOf(held, campaignId).some((part) => {
      const reach = reachOn(name, part);
      return reach === 'campaign' || (reach === 'own' && (unit === undefined || concerns(own, unit)));
    });
  });
}

/**
 * The highest page of citizens' ratings that somebody may open and that a unit stands on: what is told of the unit must not let
 * them reckon what that page hides. @param line the unit and those above it, the nearest first @returns null for the campaign's
 */
export function highestRated(person: Person, campaignId: string, line: readonly string[]): string | null {
  const opens = (unit: readonly string[]) => may(person, { name: 'satisfaction', campaignId, unit });
  // Of no unit at all only those may ask who see all of the campaign.
  const at = [...line.keys(), line.length].reverse().find((from) => opens(line.slice(from)));
  return (at === undefined ? line[0] : line[at]) ?? null;
}

/** A head's units with all that stands under them, everybody else's own. */
function concerns({ role, unitId }: HeldRole, unit: readonly string[]): boolean {
  if (unitId === null) return false;
  return role === 'leader' ? unit.includes(unitId) : unit[0] === unitId;
}

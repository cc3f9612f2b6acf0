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

/** A head's units with all that stands under them, everybody else's own. */
function concerns({ role, unitId }: HeldRole, unit: readonly string[]): boolean {
  if (unitId === null) return false;
  return role === 'leader' ? unit.includes(unitId) : unit[0] === unitId;
}

import coordinators from './sql/coordinators.sql';
import inspectors from './sql/inspectors.sql';
import type { Run } from './writes.ts';

/** Somebody and the address they are written to in private. */
export interface Reachable {
  contactId: string;
  address: string;
}

/** The people who inspect for these units, by unit id; units that nobody is bound to are missing. */
export async function inspectorsOf(run: Run, unitIds: string[]): Promise<Map<string, Reachable[]>> {
  const byUnit = new Map<string, Reachable[]>();
  const rows = await run<{ unitId: string } & Row>(inspectors, [unitIds]);
  for (const { unitId, contactId, address } of rows)
    if (address !== null) byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), { contactId, address }]);
  return byUnit;
}

/** The coordinators of a campaign, those of all campaigns included. */
export async function coordinatorsOf(run: Run, campaignId: string): Promise<Reachable[]> {
  const rows = await run<Row>(coordinators, [campaignId]);
  return rows.flatMap(({ contactId, address }) => (address === null ? [] : [{ contactId, address }]));
}

interface Row {
  contactId: string;
  /** Null for a person whose every address was bound to somebody else. */
  address: string | null;
}

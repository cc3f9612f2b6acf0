import type { Language } from '../flow/text.ts';
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

/** A coordinator, and the units they coordinate for; none for one of the whole campaign. */
export interface ReachableCoordinator extends Reachable {
  units: string[];
}

/** The coordinators of a campaign, those of all campaigns included. */
export async function coordinatorsOf(run: Run, campaignId: string): Promise<ReachableCoordinator[]> {
  const rows = await run<Row & { units: string[] }>(coordinators, [campaignId]);
  return rows.flatMap(({ address, ...row }) => (address === null ? [] : [{ ...row, address }]));
}

/** Group chats of the leaders of campaigns under way. */
export function leadersRooms(
  run: Run,
): Promise<{ campaignId: string; urn: string; language: Language | null }[]> {
  return run(
    `SELECT r.campaign_id::text AS "campaignId", r.urn, r.language FROM room r JOIN campaign c ON c.id = r.campaign_id
     WHERE r.purpose = 'leaders' AND c.status = 'published' AND c.paused_at IS NULL`,
    [],
  );
}

/** In which language each of these people is written to. */
export async function languagesOf(run: Run, ids: readonly string[]): Promise<Map<string, Language>> {
  const rows = await run<{ id: string; language: Language | null }>(
    'SELECT id::text, language FROM contact WHERE id = ANY ($1::text[]::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, language }) => [id, language ?? 'zh-CN']));
}

/** Those of them who may know of a hidden activity: it is coordinated by their unit (campaign/visibility.ts). */
export async function coordinatorsOfHidden(
  run: Run,
  campaignId: string,
  activity: string,
): Promise<Reachable[]> {
  const [row] = await run<{ unit: string | null }>(
    'SELECT coordinator_unit_id::text AS unit FROM activity WHERE id = $1::uuid',
    [activity],
  );
  const unit = row?.unit ?? null;
  return unit === null
    ? []
    : (await coordinatorsOf(run, campaignId)).filter(({ units }) => units.includes(unit));
}

interface Row {
  contactId: string;
  /** Null for a person whose every address was bound to somebody else. */
  address: string | null;
}

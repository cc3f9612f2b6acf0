import type { Inspector, RecusalReason } from '../campaign/draw/frame.ts';
import type { UnitAbove } from '../campaign/draw/recusal.ts';
import type { Text } from '../flow/text.ts';
import registerUnits from './sql/register-units.sql';
import type { Run } from './writes.ts';

/** A window of the register; `kind` is the code of the hall, bureau or area that it stands directly under. */
export interface RegisteredWindow {
  id: string;
  name: Text;
  kind: string;
  /** The codes of the window itself and of every unit above it. */
  within: string[];
}

/** Every window under a unit of a campaign, itself included; in no order. */
export async function windowsUnder(run: Run, campaignId: string, unit: string): Promise<RegisteredWindow[]> {
  const rows = await run<UnitLines>(registerUnits, [campaignId]);
  const below = new Map(rows.map((row) => [row.parent, childrenIn(row)]));
  const windows: RegisteredWindow[] = [];
  const visit = ({ code, name, kind }: Child, above: string[]) => {
    const within = [code, ...above];
    if (kind === 'window') windows.push({ id: code, name, kind: above[0] ?? '', within });
    for (const child of below.get(code) ?? []) visit(child, within);
  };
  const found = placeOf(below, unit);
  if (found !== null) visit(found.child, wayAbove(below, found.parent));
  return windows;
}

interface UnitLines {
  parent: string | null;
  codes: string;
  kinds: string;
  names: string;
}

interface Child {
  code: string;
  name: Text;
  kind: string;
}

function childrenIn({ codes, kinds, names }: UnitLines): Child[] {
  const kind = kinds.split('\n');
  const name: Text[] = JSON.parse(`[${names.replaceAll('\n', ',')}]`);
  return codes
    .split('\n')
    .map((code, index) => ({ code, name: name[index] ?? code, kind: kind[index] ?? '' }));
}

/** Units by the code of the one that they stand under; null at the top. */
type Below = ReadonlyMap<string | null, Child[]>;

function placeOf(below: Below, unit: string): { child: Child; parent: string | null } | null {
  for (const [parent, children] of below) {
    const child = children.find(({ code }) => code === unit);
    if (child !== undefined) return { child, parent };
  }
  return null;
}

/** A unit and those above it, the nearest first. */
function wayAbove(below: Below, unit: string | null): string[] {
  return unit === null ? [] : [unit, ...wayAbove(below, placeOf(below, unit)?.parent ?? null)];
}

/** How many tickets units have in the campaign's file, by code; those with one are left out. */
export async function weightsOf(run: Run, campaignId: string): Promise<Map<string, number>> {
  const rows = await run<{ code: string; weight: number }>(
    `SELECT u ->> 'id' AS code, (u ->> 'weight')::int AS weight
     FROM campaign, jsonb_array_elements(definition -> 'units') AS u
     WHERE id = $1::uuid AND u ? 'weight'`,
    [campaignId],
  );
  return new Map(rows.map(({ code, weight }) => [code, weight]));
}

/** A unit, and the way from it to the top of the tree, itself first. */
export interface UnitPath {
  id: string;
  code: string;
  name: Text;
  path: UnitAbove[];
}

/** These units of a campaign, by their ids or, of a draft, by their codes. */
export async function pathsOf(
  run: Run,
  campaignId: string,
  by: { ids: string[] } | { codes: string[] },
): Promise<UnitPath[]> {
  const [column, values] = 'ids' in by ? ['id::text', by.ids] : ['code', by.codes];
  return run<UnitPath>(
    `WITH RECURSIVE way AS (
       SELECT id, code, name, parent_id, jsonb_build_array(jsonb_build_object('code', code, 'kind', kind)) AS path
       FROM unit WHERE campaign_id = $1::uuid AND ${column} = ANY ($2::text[])
       UNION ALL
       SELECT w.id, w.code, w.name, u.parent_id, w.path || jsonb_build_object('code', u.code, 'kind', u.kind)
       FROM way w JOIN unit u ON u.id = w.parent_id
     )
     SELECT id::text, code, name, path FROM way WHERE parent_id IS NULL ORDER BY code`,
    [campaignId, values],
  );
}

/** Somebody who inspects for a unit; one row for each unit of theirs. `title` is what the bot calls them. */
export interface RegisteredInspector {
  contactId: string;
  unitId: string;
  title: Text | null;
}

/** A campaign's inspectors, those of a unit in the order in which they were bound. */
export async function inspectorsIn(run: Run, campaignId: string): Promise<RegisteredInspector[]> {
  return run<RegisteredInspector>(
    `SELECT m.contact_id::text AS "contactId", m.unit_id::text AS "unitId", c.title
     FROM membership m JOIN contact c ON c.id = m.contact_id
     WHERE m.campaign_id = $1::uuid AND m.role = 'inspector' AND m.unit_id IS NOT NULL
     ORDER BY m.unit_id, m.created_at, m.contact_id`,
    [campaignId],
  );
}

/** Recusals that stand, by the person, and by the unit that they hold for all of. */
export interface StandingRecusals {
  ofPeople: Map<string, Inspector['avoids']>;
  ofUnits: Map<string, Inspector['avoids']>;
}

export async function standingRecusals(run: Run, campaignId: string): Promise<StandingRecusals> {
  const rows = await run<{ who: string | null; unitId: string | null; unit: string; reason: RecusalReason }>(
    `SELECT r.contact_id::text AS who, r.inspector_unit_id::text AS "unitId", u.code AS unit, r.reason
     FROM recusal r JOIN unit u ON u.id = r.unit_id
     WHERE r.campaign_id = $1::uuid AND r.withdrawn_at IS NULL ORDER BY u.code, r.reason`,
    [campaignId],
  );
  const standing: StandingRecusals = { ofPeople: new Map(), ofUnits: new Map() };
  for (const { who, unitId, unit, reason } of rows) {
    const [list, key] = who === null ? [standing.ofUnits, unitId ?? ''] : [standing.ofPeople, who];
    list.set(key, [...(list.get(key) ?? []), { unit, reason }]);
  }
  return standing;
}

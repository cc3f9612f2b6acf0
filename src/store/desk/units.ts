import type { Text } from '../../flow/text.ts';
import type { Run } from '../writes.ts';

export const unitKinds = ['organisation', 'area', 'hall', 'window'] as const;
export type UnitKind = (typeof unitKinds)[number];

/** What somebody may see of it all: hidden activities they know all of (ids), and problems that only coordinators may see. */
export interface BoardSight {
  campaignId: string;
  secrets: readonly string[];
  all: boolean;
}

export interface BoardFilter {
  kind: UnitKind | null;
  words: string;
  /** Only units under this one. */
  under: string | null;
  /** The most urgent open problem is due in these days: later than `after`, up to `upTo`; null: any or none. */
  due: { after: string | null; upTo: string | null } | null;
  /** Only units without an open problem whose turn it is. */
  calm: boolean;
}

/** A unit with its own tasks and the open problems found at it; `urgent` is the first day one of them is due. */
export interface BoardRow {
  code: string;
  name: Text;
  kind: UnitKind;
  parent: Text | null;
  total: number;
  done: number;
  late: number;
  open: number;
  urgent: string | null;
  /** How many units the filter leaves. */
  all: number;
}

/** One page of the units that have tasks, are inspected or have a problem, in the order of the campaign file. */
export function unitBoard(
  run: Run,
  { campaignId, secrets, all }: BoardSight,
  { kind, words, under, due, calm }: BoardFilter,
  { today, limit, offset }: { today: string; limit: number; offset: number },
): Promise<BoardRow[]> {
  return run<BoardRow>(
    `WITH RECURSIVE tree AS (
       SELECT u.id FROM unit u WHERE u.campaign_id = $1::uuid AND u.code = $6
       UNION SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
     ),
     task AS (
       SELECT a.assignee_unit_id, a.target_unit_id, a.reported_at, a.due_on
       FROM activity v JOIN assignment a ON a.activity_id = v.id
       WHERE v.campaign_id = $1::uuid AND (NOT v.hidden OR v.id = ANY ($2::text[]::uuid[]))
     ),
     own AS (
       SELECT assignee_unit_id AS id, count(*)::int AS total, count(reported_at)::int AS done,
         (count(*) FILTER (WHERE reported_at IS NULL AND due_on < $10))::int AS late
       FROM task GROUP BY 1
     ),
     problem AS (
       SELECT f.unit_id AS id, count(*)::int AS open, min(f.due_on) AS urgent FROM finding f
       WHERE f.campaign_id = $1::uuid AND f.status = 'open' AND ($3::boolean OR f.seen_by = 'unit') AND f.unit_id IS NOT NULL
         AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
           SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id
           WHERE v.hidden AND v.id <> ALL ($2::text[]::uuid[])))
       GROUP BY 1
     ),
     place AS (
       SELECT e.value ->> 'id' AS code, e.ordinality AS place
       FROM campaign c CROSS JOIN LATERAL jsonb_array_elements(c.definition -> 'units') WITH ORDINALITY e
       WHERE c.id = $1::uuid AND jsonb_typeof(c.definition -> 'units') = 'array'
     )
     SELECT u.code, u.name, u.kind, p.name AS parent, coalesce(own.total, 0) AS total, coalesce(own.done, 0) AS done,
       coalesce(own.late, 0) AS late, coalesce(problem.open, 0) AS open, problem.urgent, (count(*) OVER ())::int AS all
     FROM unit u LEFT JOIN unit p ON p.id = u.parent_id LEFT JOIN own ON own.id = u.id LEFT JOIN problem ON problem.id = u.id
     LEFT JOIN place r ON r.code = u.code
     WHERE u.campaign_id = $1::uuid
       AND (own.id IS NOT NULL OR problem.id IS NOT NULL OR u.kind = 'window' OR u.id IN (SELECT target_unit_id FROM task))
       AND ($4::text IS NULL OR u.kind = $4)
       AND ($5 = '' OR strpos(lower(u.name::text || array_to_string(u.aliases, ' ')), lower($5)) > 0)
       AND ($6::text IS NULL OR u.id IN (SELECT id FROM tree))
       AND ($7::text IS NULL OR problem.urgent > $7) AND ($8::text IS NULL OR problem.urgent <= $8)
       AND (NOT $9::boolean OR problem.urgent IS NULL) AND (NOT $13::boolean OR problem.urgent IS NOT NULL)
     ORDER BY r.place NULLS LAST, length(u.code), u.code LIMIT $11::int OFFSET $12::int`,
    [
      ...[campaignId, secrets, all, kind, words, under],
      ...[due?.after ?? null, due?.upTo ?? null, calm, today, limit, offset, due !== null],
    ],
  );
}

export interface FoundUnit {
  id: string;
  code: string;
  name: Text;
  kind: UnitKind;
  aliases: string[];
  /** What it stands under, the nearest first. */
  above: { id: string; code: string; name: Text; kind: UnitKind }[];
}

export async function findUnit(run: Run, campaignId: string, code: string): Promise<FoundUnit | null> {
  const rows = await run<FoundUnit & { depth: number }>(
    `WITH RECURSIVE up AS (
       SELECT u.id, u.parent_id, u.code, u.name, u.kind, u.aliases, 0 AS depth FROM unit u
       WHERE u.campaign_id = $1::uuid AND u.code = $2
       UNION ALL
       SELECT p.id, p.parent_id, p.code, p.name, p.kind, p.aliases, up.depth + 1
       FROM up JOIN unit p ON p.id = up.parent_id WHERE up.depth < 20
     )
     SELECT id::text, code, name, kind, aliases, depth FROM up ORDER BY depth`,
    [campaignId, code],
  );
  const [unit, ...above] = rows;
  if (unit === undefined) return null;
  const { depth: _, ...found } = unit;
  return { ...found, above: above.map(({ id, code, name, kind }) => ({ id, code, name, kind })) };
}

/** What stands directly under a unit. */
export function unitsUnder(
  run: Run,
  unitId: string,
  limit: number,
): Promise<{ code: string; name: Text; kind: UnitKind }[]> {
  return run(
    'SELECT code, name, kind FROM unit WHERE parent_id = $1::uuid ORDER BY length(code), code LIMIT $2::int',
    [unitId, limit],
  );
}

/** Units (ids) and all that stands under them: of each its id and those of what it stands under up to the first of them, the nearest first. */
export function unitsFrom(
  run: Run,
  campaignId: string,
  from: readonly string[],
): Promise<{ code: string; line: string[] }[]> {
  return run(
    `WITH RECURSIVE down AS (
       SELECT u.id, u.code, ARRAY[u.id::text] AS line FROM unit u
       WHERE u.campaign_id = $1::uuid AND u.id = ANY ($2::text[]::uuid[])
       UNION ALL
       SELECT c.id, c.code, c.id::text || d.line FROM down d JOIN unit c ON c.parent_id = d.id
       WHERE cardinality(d.line) < 20
     )
     SELECT code, line FROM down`,
    [campaignId, from],
  );
}

/** The survey codes of a unit by kind, open or not. One of a single case that was used counts as open: by place that would tell who rated. */
export function codesAt(
  run: Run,
  unitId: string,
  today: string,
): Promise<{ kind: string; open: number; closed: number }[]> {
  return run(
    `SELECT kind, (count(*) FILTER (WHERE is_open))::int AS open, (count(*) FILTER (WHERE NOT is_open))::int AS closed
     FROM (SELECT kind, closed_at IS NULL AND (expires_on IS NULL OR expires_on >= $2) AS is_open
       FROM survey_code WHERE unit_id = $1::uuid) c
     GROUP BY kind ORDER BY kind`,
    [unitId, today],
  );
}

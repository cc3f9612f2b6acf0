import type { Text } from '../../flow/text.ts';
import type { Run } from '../writes.ts';

/** What stands behind an id in the audit log, as it is called now. */
export type AuditName =
  | { kind: 'unit' | 'activity' | 'campaign' | 'question'; id: string; name: Text }
  /** A person is called by title; null without one. */
  | { kind: 'person'; id: string; name: Text | null; role: string | null }
  | { kind: 'task'; id: string; number: number; activity: Text; name: Text };

interface NameRow {
  kind: AuditName['kind'];
  id: string;
  name: Text | null;
  role: string | null;
  number: number | null;
  activity: Text | null;
}

/**
 * Names for ids (uuid, of whatever) of one campaign. Hidden activities and their tasks have none unless they are in `secrets`.
 * Ids that name nothing any more are left out. @param codes of units, found under `unit:<code>`
 * @param questions of the campaign's checklists, found under `question:<id>`
 */
export async function auditNames(
  run: Run,
  { campaignId, secrets }: { campaignId: string; secrets: readonly string[] },
  ids: readonly string[],
  codes: readonly string[] = [],
  questions: readonly string[] = [],
): Promise<Map<string, AuditName>> {
  const rows = await run<NameRow>(
    `WITH wanted AS (SELECT DISTINCT unnest($2::text[]::uuid[]) AS id),
       known AS (SELECT * FROM activity WHERE campaign_id = $1::uuid AND (NOT hidden OR id = ANY ($3::text[]::uuid[])))
     SELECT 'unit' AS kind, id::text, name, NULL AS role, NULL::int AS number, NULL::jsonb AS activity
     FROM unit JOIN wanted USING (id) WHERE campaign_id = $1::uuid
     UNION ALL SELECT 'unit', 'unit:' || code, name, NULL, NULL, NULL
     FROM unit WHERE campaign_id = $1::uuid AND code = ANY ($4::text[])
     UNION ALL SELECT 'activity', id::text, title, NULL, NULL, NULL FROM known JOIN wanted USING (id)
     UNION ALL SELECT 'campaign', id::text, title, NULL, NULL, NULL FROM campaign JOIN wanted USING (id) WHERE id = $1::uuid
     UNION ALL SELECT 'task', a.id::text, u.name, NULL, a.number, v.title
     FROM assignment a JOIN wanted USING (id) JOIN known v ON v.id = a.activity_id JOIN unit u ON u.id = a.assignee_unit_id
     UNION ALL SELECT * FROM (
       SELECT DISTINCT ON (q ->> 'id') 'question', 'question:' || (q ->> 'id'), coalesce(q -> 'title', q -> 'label'),
         NULL, NULL::int, NULL::jsonb
       FROM campaign k JOIN flow f ON starts_with(f.id, k.code || '/')
       CROSS JOIN LATERAL jsonb_array_elements(f.definition -> 'questions') AS q
       WHERE k.id = $1::uuid AND q ->> 'id' = ANY ($5::text[])
       ORDER BY q ->> 'id', f.version DESC
     ) asked
     UNION ALL SELECT 'person', c.id::text, c.title,
       (SELECT m.role FROM membership m WHERE m.contact_id = c.id
        ORDER BY m.campaign_id = $1::uuid DESC NULLS LAST, m.created_at LIMIT 1), NULL, NULL
     FROM contact c JOIN wanted USING (id)`,
    [campaignId, ids, secrets, codes, questions],
  );
  return new Map(rows.flatMap((row) => (isNamed(row) ? [[row.id, row]] : [])));
}

function isNamed(row: NameRow): row is AuditName & NameRow {
  return row.kind === 'person' || row.name !== null;
}

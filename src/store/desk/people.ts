import type { Role } from '../../campaign/definition.ts';
import type { Text } from '../../flow/text.ts';
import type { Run } from '../writes.ts';

/** A part somebody plays; of their addresses the channels alone. */
export interface PersonRow {
  title: Text | null;
  role: Role;
  unit: { code: string; name: Text; kind: string } | null;
  /** In every campaign. */
  everywhere: boolean;
  channels: string[];
  joinedAt: Date;
  /** How many the filter leaves. */
  all: number;
}

/** What a list is narrowed to; null and '' narrow nothing. `leadingGroup`: the code of the unit whose head is of the leading group. */
export interface PeopleFilter {
  part: Role | 'leading-group' | null;
  words: string;
  leadingGroup: string | null;
}

/** One page of those who have a part in a campaign. */
export function peoplePage(
  run: Run,
  campaignId: string,
  { part, words, leadingGroup }: PeopleFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<PersonRow[]> {
  return run<PersonRow>(
    `SELECT c.title, m.role, m.created_at AS "joinedAt", m.campaign_id IS NULL AS everywhere,
       CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('code', u.code, 'name', u.name, 'kind', u.kind) END AS unit,
       ARRAY(SELECT DISTINCT split_part(a.urn, ':', 1) FROM urn a WHERE a.contact_id = c.id ORDER BY 1) AS channels,
       (count(*) OVER ())::int AS all
     FROM membership m JOIN contact c ON c.id = m.contact_id LEFT JOIN unit u ON u.id = m.unit_id
     WHERE (m.campaign_id = $1::uuid OR m.campaign_id IS NULL) AND CASE $2::text WHEN 'leading-group' THEN m.role = 'leader' AND (m.unit_id IS NULL OR u.code = $6)
         WHEN 'leader' THEN m.role = 'leader' AND m.unit_id IS NOT NULL ELSE coalesce(m.role = $2, true) END
       AND ($3 = '' OR strpos(lower(concat(c.title::text, ' ', u.name::text)), lower($3)) > 0)
     ORDER BY array_position(ARRAY['coordinator', 'leader', 'inspector', 'liaison', 'auditor', 'operator'], m.role), length(u.code), u.code, m.created_at, m.id
     LIMIT $4::int OFFSET $5::int`,
    [campaignId, part, words, limit, offset, leadingGroup],
  );
}

/** Units that have tasks (of activities nobody is kept from) and nobody to do them. */
export function unitsWithoutPeople(
  run: Run,
  campaignId: string,
  limit: number,
): Promise<{ code: string; name: Text; kind: string; all: number }[]> {
  return run(
    `SELECT u.code, u.name, u.kind, (count(*) OVER ())::int AS all FROM unit u
     WHERE u.campaign_id = $1::uuid AND EXISTS (
         SELECT FROM assignment a JOIN activity v ON v.id = a.activity_id
         WHERE a.assignee_unit_id = u.id AND NOT v.hidden AND a.reported_at IS NULL)
       AND NOT EXISTS (SELECT FROM membership m WHERE m.unit_id = u.id AND m.role IN ('inspector', 'leader'))
     ORDER BY length(u.code), u.code LIMIT $2::int`,
    [campaignId, limit],
  );
}

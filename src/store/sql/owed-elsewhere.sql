-- What units ($1: text array of ids) still owe in these campaigns ($2: text array of ids): open problems as on ledger-page-unit.sql
-- without what only coordinators or hidden inspections know, and open cases of negative ratings as in list-rating-cases.sql.
-- Campaigns where nothing is owed are left out.
WITH RECURSIVE meant AS (
  SELECT DISTINCT c.unit_id FROM rating_case c
  WHERE c.campaign_id = ANY ($2::text[]::uuid[]) AND c.stage <> 'closed' AND c.unit_id IS NOT NULL
),
way AS (
  SELECT m.unit_id AS unit, m.unit_id AS above, 0 AS up FROM meant m
  UNION ALL
  SELECT w.unit, u.parent_id, w.up + 1 FROM way w JOIN unit u ON u.id = w.above WHERE u.parent_id IS NOT NULL
),
nearest AS (
  SELECT DISTINCT ON (w.unit, m.role) w.unit, w.above
  FROM way w JOIN membership m ON m.unit_id = w.above AND m.role IN ('liaison', 'leader')
  ORDER BY w.unit, m.role, w.up
),
own AS (
  SELECT n.unit FROM nearest n WHERE n.above = ANY ($1::text[]::uuid[])
  UNION
  SELECT x::uuid FROM unnest($1::text[]) AS x
),
problems AS (
  SELECT f.campaign_id, count(*)::int AS count FROM finding f
  WHERE f.unit_id = ANY ($1::text[]::uuid[]) AND f.campaign_id = ANY ($2::text[]::uuid[])
    AND f.status = 'open' AND f.seen_by = 'unit'
    AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
      SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id WHERE v.hidden))
  GROUP BY f.campaign_id
),
cases AS (
  SELECT c.campaign_id, count(*)::int AS count FROM rating_case c
  WHERE c.campaign_id = ANY ($2::text[]::uuid[]) AND c.stage <> 'closed' AND c.unit_id IN (SELECT unit FROM own)
  GROUP BY c.campaign_id
)
SELECT g.id::text AS id, coalesce(p.count, 0) AS problems, coalesce(c.count, 0) AS cases
FROM campaign g
LEFT JOIN problems p ON p.campaign_id = g.id
LEFT JOIN cases c ON c.campaign_id = g.id
WHERE g.id = ANY ($2::text[]::uuid[]) AND coalesce(p.count, c.count) IS NOT NULL

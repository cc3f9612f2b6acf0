-- One page of a campaign's ($1) open cases, the most urgent first: all, or those of whoever answers for these units ($2: text
-- array of ids, or null), which are owner or head as in load-rating-cases.sql. $3 rows from $4.
WITH RECURSIVE meant AS (
  SELECT DISTINCT c.unit_id FROM rating_case c
  WHERE c.campaign_id = $1::uuid AND c.stage <> 'closed' AND c.unit_id IS NOT NULL AND $2::text[] IS NOT NULL
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
  SELECT n.unit FROM nearest n WHERE n.above = ANY ($2::text[]::uuid[])
  UNION
  SELECT x::uuid FROM unnest($2::text[]) AS x
)
SELECT c.number, u.name AS unit, c.stage, c.due_on AS "dueOn", r.level, r.matter, (count(*) OVER ())::int AS count
FROM rating_case c
LEFT JOIN unit u ON u.id = c.unit_id
LEFT JOIN rating r ON r.id = c.rating_id
WHERE c.campaign_id = $1::uuid AND c.stage <> 'closed' AND ($2::text[] IS NULL OR c.unit_id IN (SELECT unit FROM own))
ORDER BY c.due_on, c.number
LIMIT $3::int OFFSET $4::int

-- Problems of a campaign ($1; $2, $3, $4 as in overview-problems.sql) by the week (its Monday, in the zone $5) in which they were
-- found, and in which they were closed last; a problem that was opened again is not closed.
WITH RECURSIVE tree AS (
  SELECT u.id FROM unit u WHERE u.id = $2::uuid AND u.campaign_id = $1::uuid
  UNION ALL
  SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
),
problem AS (
  SELECT f.opened_at,
    CASE WHEN f.status = 'closed' THEN
      coalesce((SELECT max(e.at) FROM finding_event e WHERE e.finding_id = f.id AND e.kind = 'close'), f.opened_at) END AS closed_at
  FROM finding f
  WHERE f.campaign_id = $1::uuid AND f.status IN ('open', 'closed') AND ($4::boolean OR f.seen_by = 'unit')
    AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
      SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id
      WHERE v.hidden AND v.id <> ALL ($3::text[]::uuid[])))
    AND ($2::uuid IS NULL OR f.unit_id IN (SELECT id FROM tree))
)
SELECT date_trunc('week', at AT TIME ZONE $5)::date::text AS week,
  (count(*) FILTER (WHERE NOT closing))::int AS opened, (count(*) FILTER (WHERE closing))::int AS closed
FROM (
  SELECT opened_at AS at, false AS closing FROM problem
  UNION ALL
  SELECT closed_at, true FROM problem WHERE closed_at IS NOT NULL
) moves
GROUP BY 1 ORDER BY 1

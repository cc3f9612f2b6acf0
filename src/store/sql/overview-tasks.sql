-- Tasks of a campaign ($1) by the unit that carries them out, of one unit ($2) with all under it or of all when it is null: how
-- many, how many are handed in, how many are not though their day is over on $4 (YYYY-MM-DD). Of hidden activities only those
-- in $3 (text array of ids).
WITH RECURSIVE tree AS (
  SELECT u.id FROM unit u WHERE u.id = $2::uuid AND u.campaign_id = $1::uuid
  UNION ALL
  SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
)
SELECT a.assignee_unit_id::text AS "unitId", count(*)::int AS total, count(a.reported_at)::int AS done,
  (count(*) FILTER (WHERE a.reported_at IS NULL AND a.due_on < $4))::int AS late
FROM activity v JOIN assignment a ON a.activity_id = v.id
WHERE v.campaign_id = $1::uuid AND (NOT v.hidden OR v.id = ANY ($3::text[]::uuid[]))
  AND ($2::uuid IS NULL OR a.assignee_unit_id IN (SELECT id FROM tree))
GROUP BY a.assignee_unit_id

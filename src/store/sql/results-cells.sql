-- Of a campaign ($1) what its pages tell by time, for each part of one page apart: the units that stand under $2 (under no other
-- when it is null) with all below them, and $2 itself; on the page of the campaign ($3) also what is of no unit (null). By week or
-- month ($4). As results-unit.sql without hidden interviews, and without what was struck.
WITH RECURSIVE tree AS (
  SELECT u.id, u.id AS part FROM unit u WHERE u.campaign_id = $1::uuid AND u.parent_id IS NOT DISTINCT FROM $2::uuid
  UNION ALL
  SELECT c.id, t.part FROM tree t JOIN unit c ON c.parent_id = t.id
)
SELECT t.set_version AS "setVersion", t.source, t.level, coalesce(tree.part, t.unit_id)::text AS "unitId",
  date_trunc($4, t.since::timestamp)::date::text AS "from", sum(t.n)::int AS n
FROM rating_tally t LEFT JOIN tree ON tree.id = t.unit_id
WHERE t.campaign_id = $1::uuid AND t.n > 0 AND NOT t.struck
  AND (t.activity_id IS NULL OR t.activity_id NOT IN (SELECT v.id FROM activity v WHERE v.hidden))
  AND (tree.id IS NOT NULL OR t.unit_id = $2::uuid OR ($3::boolean AND t.unit_id IS NULL))
GROUP BY 1, 2, 3, 4, 5

-- Problems of a campaign ($1; $2, $3, $4 as in overview-problems.sql) by kind: the category that a coordinator gave them, else
-- the sentence of the checklist that opened them; neither for what was told in a person's own words. What was withdrawn,
-- merged or split is none.
WITH RECURSIVE tree AS (
  SELECT u.id FROM unit u WHERE u.id = $2::uuid AND u.campaign_id = $1::uuid
  UNION ALL
  SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
)
SELECT coalesce(to_jsonb(f.category), CASE WHEN f.question IS NOT NULL THEN f.problem END) AS kind,
  (count(*) FILTER (WHERE f.status = 'open'))::int AS open, (count(*) FILTER (WHERE f.status = 'closed'))::int AS closed
FROM finding f
WHERE f.campaign_id = $1::uuid AND f.status IN ('open', 'closed') AND ($4::boolean OR f.seen_by = 'unit')
  AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
    SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id
    WHERE v.hidden AND v.id <> ALL ($3::text[]::uuid[])))
  AND ($2::uuid IS NULL OR f.unit_id IN (SELECT id FROM tree))
GROUP BY 1

-- Units that are inspected in a campaign ($1), of one unit ($2) with all under it or of all when it is null. Of hidden activities
-- only those in $3 (text array of ids): which units they go to is what is secret about them (JX-4.4).
WITH RECURSIVE tree AS (
  SELECT u.id FROM unit u WHERE u.id = $2::uuid AND u.campaign_id = $1::uuid
  UNION ALL
  SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
)
SELECT DISTINCT a.target_unit_id::text AS id
FROM activity v JOIN assignment a ON a.activity_id = v.id
WHERE v.campaign_id = $1::uuid AND (NOT v.hidden OR v.id = ANY ($3::text[]::uuid[]))
  AND ($2::uuid IS NULL OR a.target_unit_id IN (SELECT id FROM tree))

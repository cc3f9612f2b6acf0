-- Open problems of a campaign ($1), of one unit ($2) with all under it or of all when it is null, by unit: how many in all, in
-- how many it is not the unit's turn, and how many are due by each of the days $5 (YYYY-MM-DD, the latest first, six at most; the
-- lamps' bounds). One row a unit: by unit, day and stage there were as many rows as problems. With what only coordinators may
-- see if $4. Of hidden activities only those in $3 (text array of ids).
WITH RECURSIVE tree AS (
  SELECT u.id FROM unit u WHERE u.id = $2::uuid AND u.campaign_id = $1::uuid
  UNION ALL
  SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
)
SELECT f.unit_id::text AS "unitId", count(*)::int AS open, (count(*) FILTER (WHERE f.due_on IS NULL))::int AS waiting,
  ARRAY[
    count(*) FILTER (WHERE f.due_on <= ($5::text[])[1]), count(*) FILTER (WHERE f.due_on <= ($5::text[])[2]),
    count(*) FILTER (WHERE f.due_on <= ($5::text[])[3]), count(*) FILTER (WHERE f.due_on <= ($5::text[])[4]),
    count(*) FILTER (WHERE f.due_on <= ($5::text[])[5]), count(*) FILTER (WHERE f.due_on <= ($5::text[])[6])
  ]::int[] AS "dueBy"
FROM finding f
WHERE f.campaign_id = $1::uuid AND f.status = 'open' AND ($4::boolean OR f.seen_by = 'unit')
  AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
    SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id
    WHERE v.hidden AND v.id <> ALL ($3::text[]::uuid[])))
  AND ($2::uuid IS NULL OR f.unit_id IN (SELECT id FROM tree))
GROUP BY f.unit_id

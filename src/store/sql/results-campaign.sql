-- As results-unit.sql for a whole campaign ($1), by the units that stand under $3, or under no other when it is null; $2: days
-- up to which the trend goes by week.
WITH RECURSIVE tree AS (
  SELECT u.id, u.id AS part FROM unit u WHERE u.campaign_id = $1::uuid AND u.parent_id IS NOT DISTINCT FROM $3::uuid
  UNION ALL
  SELECT c.id, t.part FROM tree t JOIN unit c ON c.parent_id = t.id
),
-- What is of $3 itself stands apart from what is of no unit.
placed AS (
  SELECT id, part FROM tree UNION ALL SELECT $3::uuid, $3::uuid WHERE $3::uuid IS NOT NULL
),
span AS (
  SELECT coalesce(
    (SELECT t.since FROM rating_tally t
     WHERE t.campaign_id = $1::uuid AND t.activity_id IS NULL AND t.n > 0 ORDER BY t.since DESC LIMIT 1)
    - (SELECT t.since FROM rating_tally t
       WHERE t.campaign_id = $1::uuid AND t.activity_id IS NULL AND t.n > 0 ORDER BY t.since LIMIT 1), 0) <= $2::int AS weekly
),
picked AS (
  SELECT placed.part, g.*
  FROM (
    SELECT t.unit_id, s.weekly, t.set_version, t.source, t.level, t.marked, t.struck,
      date_trunc(CASE WHEN s.weekly THEN 'week' ELSE 'month' END, t.since::timestamp)::date AS "from", sum(t.n) AS n
    FROM span s CROSS JOIN rating_tally t
    WHERE t.campaign_id = $1::uuid AND t.n > 0
      AND (t.activity_id IS NULL OR t.activity_id NOT IN (SELECT v.id FROM activity v WHERE v.hidden))
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) g
  LEFT JOIN placed ON placed.id = g.unit_id
)
SELECT set_version AS "setVersion", source, level, weekly, grouping(part) = 1 AS "isTime",
  part::text AS "unitId", marked, struck, "from"::text, sum(n)::int AS n
FROM picked
GROUP BY GROUPING SETS ((set_version, source, level, weekly, marked, struck, part), (set_version, source, level, weekly, struck, "from"))

-- How citizens rated a unit ($2) of a campaign ($1) and all that stands under it, from the tally alone: each unit's part of its
-- unique index, never a rating. By place (under which unit directly below it, null for itself) and by time (`from`, first day of
-- the week where people's own ratings span up to $3 days, else of the month). Without hidden interviews: they would tell that
-- there are some (JX-4.4), and so must not have a say in the step of the trend either.
WITH RECURSIVE tree AS (
  SELECT u.id, NULL::uuid AS part FROM unit u WHERE u.id = $2::uuid AND u.campaign_id = $1::uuid
  UNION ALL
  SELECT c.id, coalesce(t.part, c.id) FROM tree t JOIN unit c ON c.parent_id = t.id
),
span AS (
  SELECT coalesce(max(l.since) - min(f.since), 0) <= $3::int AS weekly
  FROM tree
  CROSS JOIN LATERAL (
    SELECT t.since FROM rating_tally t
    WHERE t.campaign_id = $1::uuid AND t.unit_id = tree.id AND t.activity_id IS NULL AND t.n > 0 ORDER BY t.since LIMIT 1) f
  CROSS JOIN LATERAL (
    SELECT t.since FROM rating_tally t
    WHERE t.campaign_id = $1::uuid AND t.unit_id = tree.id AND t.activity_id IS NULL AND t.n > 0
    ORDER BY t.since DESC LIMIT 1) l
),
-- Unit by unit: with a plain join the planner read the whole tally, not knowing how few stand under one.
picked AS (
  SELECT tree.part, s.weekly, g.*
  FROM span s CROSS JOIN tree CROSS JOIN LATERAL (
    SELECT t.set_version, t.source, t.level, t.marked, t.struck,
      date_trunc(CASE WHEN s.weekly THEN 'week' ELSE 'month' END, t.since::timestamp)::date AS "from", sum(t.n) AS n
    FROM rating_tally t
    WHERE t.campaign_id = $1::uuid AND t.unit_id = tree.id AND t.n > 0
      AND (t.activity_id IS NULL OR t.activity_id NOT IN (SELECT v.id FROM activity v WHERE v.hidden))
    GROUP BY 1, 2, 3, 4, 5, 6) g
)
SELECT set_version AS "setVersion", source, level, weekly, grouping(part) = 1 AS "isTime",
  part::text AS "unitId", marked, struck, "from"::text, sum(n)::int AS n
FROM picked
GROUP BY GROUPING SETS ((set_version, source, level, weekly, marked, struck, part), (set_version, source, level, weekly, struck, "from"))

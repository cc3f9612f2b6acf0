-- What the live indicators of a campaign's ($1) cases are reckoned from: all, or those of a unit ($2) and all below it. $3: today,
-- YYYY-MM-DD. Ratings that are not counted, or no longer negative, are left out. Whether a matter was rated badly again is told
-- only where both the unit and the matter are known.
WITH RECURSIVE own AS (
  SELECT $2::uuid AS id
  UNION ALL
  SELECT u.id FROM own o JOIN unit u ON u.parent_id = o.id
),
counted AS MATERIALIZED (
  SELECT c.id, c.unit_id, c.rating_id, c.opened_on, c.stage, c.record ->> 'ended' AS ended, c.record ->> 'again' AS again,
    (c.record -> 'late')::boolean OR coalesce(c.due_on < $3::text, false) AS late,
    (c.record -> 'contact')::boolean OR (c.record -> 'receipt')::boolean AS answerable
  FROM rating_case c
  WHERE c.campaign_id = $1::uuid AND ($2::uuid IS NULL OR c.unit_id IN (SELECT id FROM own))
    AND coalesce(c.record ->> 'ended', '') NOT IN ('struck', 'changed', 'withdrawn')
),
again AS (
  SELECT c.opened_on - lag(c.opened_on) OVER (PARTITION BY c.unit_id, r.matter ORDER BY c.opened_on, c.id) AS days
  FROM counted c JOIN rating r ON r.id = c.rating_id AND r.matter IS NOT NULL AND r.level <= 2
  WHERE c.unit_id IS NOT NULL
)
SELECT count(*)::int AS cases,
  (count(*) FILTER (WHERE stage <> 'closed'))::int AS open,
  (count(*) FILTER (WHERE answerable AND (stage = 'calling-back' OR again IS NOT NULL OR ended IN ('unreachable', 'silent'))))::int
    AS "toCall",
  (count(*) FILTER (WHERE answerable AND again IS NOT NULL))::int AS called,
  (count(*) FILTER (WHERE stage = 'closed' OR late))::int AS "toClose",
  (count(*) FILTER (WHERE stage = 'closed' AND NOT late))::int AS "inTime",
  (SELECT count(*)::int FROM again) AS told,
  (SELECT count(*)::int FROM again WHERE days <= 90) AS repeated
FROM counted

-- What citizens gave each unit, day by day since $1 (YYYY-MM-DD), and on all days before: how many ratings, and how many of the
-- highest level. Without interviews and what was struck; of the days before without what was marked, which tells nothing
-- of what is usual there. The days before are the tally, which goes by week, without the last days' ratings themselves.
WITH recent AS MATERIALIZED (
  SELECT r.campaign_id, r.unit_id, r.day, count(*) AS n, count(*) FILTER (WHERE r.level = 5) AS top,
    count(*) FILTER (WHERE r.marks = '{}') AS plain, count(*) FILTER (WHERE r.marks = '{}' AND r.level = 5) AS plain_top
  FROM campaign c JOIN rating r ON r.campaign_id = c.id AND r.day >= $1::date
  WHERE r.unit_id IS NOT NULL AND r.source <> 'interview' AND NOT r.struck
  GROUP BY r.campaign_id, r.unit_id, r.day
)
SELECT d.campaign_id::text AS "campaignId", d.unit_id::text AS "unitId", d.day::text, d.n::int, d.top::int,
  (h.n - l.n)::int AS "pastN", (h.top - l.top)::int AS "pastTop"
FROM recent d
CROSS JOIN LATERAL (
  SELECT coalesce(sum(t.n), 0) AS n, coalesce(sum(t.n) FILTER (WHERE t.level = 5), 0) AS top
  FROM rating_tally t
  WHERE t.campaign_id = d.campaign_id AND t.unit_id = d.unit_id
    AND t.source <> 'interview' AND NOT t.struck AND NOT t.marked) h
CROSS JOIN LATERAL (
  SELECT coalesce(sum(o.plain), 0) AS n, coalesce(sum(o.plain_top), 0) AS top
  FROM recent o WHERE o.campaign_id = d.campaign_id AND o.unit_id = d.unit_id AND o.day >= d.day) l
ORDER BY 1, 2, 3

-- What citizens gave each unit, day by day since $1 (YYYY-MM-DD), and on all days before: how many ratings, and how many of the
-- highest level. Without interviews and what was struck; of the days before without what was marked, which tells nothing
-- of what is usual there.
SELECT t.campaign_id::text AS "campaignId", t.unit_id::text AS "unitId", t.day::text,
  sum(t.n)::int AS n, (coalesce(sum(t.n) FILTER (WHERE t.level = 5), 0))::int AS top,
  h.n AS "pastN", h.top AS "pastTop"
FROM rating_tally t
CROSS JOIN LATERAL (
  SELECT coalesce(sum(p.n), 0)::int AS n, (coalesce(sum(p.n) FILTER (WHERE p.level = 5), 0))::int AS top
  FROM rating_tally p
  WHERE p.campaign_id = t.campaign_id AND p.unit_id = t.unit_id AND p.day < t.day
    AND p.source <> 'interview' AND NOT p.struck AND NOT p.marked) h
WHERE t.day >= $1::date AND t.unit_id IS NOT NULL AND t.source <> 'interview' AND NOT t.struck
GROUP BY t.campaign_id, t.unit_id, t.day, h.n, h.top
HAVING sum(t.n) > 0
ORDER BY 1, 2, 3

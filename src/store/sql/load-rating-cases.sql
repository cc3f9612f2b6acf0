-- Cases of negative ratings ($1: text array of ids) with all that is known of them, and whose they are: the nearest unit, the
-- rated one or above, that has a liaison, and the nearest that has a head.
WITH RECURSIVE meant AS (
  SELECT DISTINCT c.unit_id FROM rating_case c WHERE c.id = ANY ($1::text[]::uuid[]) AND c.unit_id IS NOT NULL
),
way AS (
  SELECT m.unit_id AS unit, m.unit_id AS above, 0 AS up FROM meant m
  UNION ALL
  SELECT w.unit, u.parent_id, w.up + 1 FROM way w JOIN unit u ON u.id = w.above WHERE u.parent_id IS NOT NULL
),
nearest AS (
  SELECT DISTINCT ON (w.unit, m.role) w.unit, m.role, w.above
  FROM way w JOIN membership m ON m.unit_id = w.above AND m.role IN ('liaison', 'leader')
  ORDER BY w.unit, m.role, w.up
)
SELECT c.id::text, c.number, c.campaign_id::text AS "campaignId", k.title AS campaign, k.status = 'published' AS running,
  c.unit_id::text AS "unitId", u.name AS "unitName", c.opened_on::text AS "openedOn", c.record,
  c.contact IS NOT NULL AS "hasContact",
  o.above::text AS owner, h.above::text AS head,
  r.id::text AS "ratingId", r.level, r.matter, r.answers, r.flow_id AS "flowId", r.flow_version AS "flowVersion"
FROM rating_case c
JOIN campaign k ON k.id = c.campaign_id
LEFT JOIN unit u ON u.id = c.unit_id
LEFT JOIN rating r ON r.id = c.rating_id
LEFT JOIN nearest o ON o.unit = c.unit_id AND o.role = 'liaison'
LEFT JOIN nearest h ON h.unit = c.unit_id AND h.role = 'leader'
WHERE c.id = ANY ($1::text[]::uuid[])
ORDER BY c.due_on NULLS LAST, c.number

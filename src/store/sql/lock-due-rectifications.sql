-- Takes up to $2 problems whose rectification is to be looked at by $1, except those that another process holds. Walks
-- rectification_wake_at_idx and stops. The lock is that of the problem, as for everything else that happens to it
-- (lock-findings.sql); they are read afterwards.
SELECT f.id::text
FROM (SELECT finding_id FROM rectification WHERE wake_at <= $1::timestamptz ORDER BY wake_at OFFSET 0) r
CROSS JOIN LATERAL (
  SELECT id FROM finding WHERE id = r.finding_id FOR NO KEY UPDATE SKIP LOCKED
) f
LIMIT $2

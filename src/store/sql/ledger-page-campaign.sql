-- One page of the ledger of a campaign ($1); otherwise as ledger-page-unit.sql. Walks finding_ledger_campaign in its order and
-- stops; the rows themselves are fetched for the page alone.
SELECT f.number, f.problem, u.name AS unit, f.stage, f.due_on AS "dueOn", f.severity, f.category,
  -- Where it was, if no unit is known for that.
  (SELECT k.place FROM claim k WHERE k.session_id = f.session_id AND k.unit_id IS NULL) AS place,
  r.record -> 'task' AS task, r.record -> 'extension' ->> 'until' AS until
FROM (
  SELECT f.id, f.due_on, f.number
  FROM finding f
  WHERE f.campaign_id = $1::uuid AND f.status = 'open' AND ($2::boolean OR f.seen_by = 'unit')
    AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
      SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id WHERE v.hidden AND v.id <> ALL ($5::text[]::uuid[])))
  ORDER BY f.due_on, f.number
  LIMIT $3::int OFFSET $4::int
) p
JOIN finding f ON f.id = p.id
LEFT JOIN rectification r ON r.finding_id = p.id
LEFT JOIN unit u ON u.id = f.unit_id
ORDER BY p.due_on, p.number

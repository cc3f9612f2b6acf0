-- One page of the ledger of these units ($1: text array of ids): what is open, due days first. What only coordinators may see is left out
-- unless $2; nothing of hidden inspections (JX-4.4), whose few assignments are looked up once. $3 rows from $4.
-- Walks finding_ledger_unit in its order and stops; names and records are fetched for the page's rows alone.
SELECT p.number, p.problem, u.name AS unit, p.stage, p.due_on AS "dueOn", p.severity, p.category,
  r.record -> 'task' AS task, r.record -> 'extension' ->> 'until' AS until
FROM (
  SELECT f.id, f.number, f.problem, f.unit_id, f.stage, f.due_on, f.severity, f.category
  FROM finding f
  WHERE f.unit_id = ANY ($1::text[]::uuid[]) AND f.status = 'open' AND ($2::boolean OR f.seen_by = 'unit')
    AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
      SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id WHERE v.hidden))
  ORDER BY f.due_on, f.number
  LIMIT $3 OFFSET $4
) p
LEFT JOIN rectification r ON r.finding_id = p.id
LEFT JOIN unit u ON u.id = p.unit_id
ORDER BY p.due_on, p.number

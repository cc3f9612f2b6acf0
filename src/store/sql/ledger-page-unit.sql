-- One page of the ledger of these units ($1: text array of ids): what is open, due days first. What only coordinators may see
-- is left out unless $2; nothing of hidden inspections (JX-4.4) but those in $5 (text array of ids), whose few assignments are
-- looked up once. $3 rows from $4.
-- Each unit's part comes from finding_ledger_unit alone, in its order (with an id list all rows of the unit were fetched and
-- sorted for one page); the rows themselves are fetched for the page alone.
SELECT f.number, f.problem, u.name AS unit, f.stage, f.due_on AS "dueOn", f.severity, f.category,
  -- Where it was, if no unit is known for that.
  (SELECT k.place FROM claim k WHERE k.session_id = f.session_id AND k.unit_id IS NULL) AS place,
  r.record -> 'task' AS task, r.record -> 'extension' ->> 'until' AS until
FROM (
  SELECT own.id, own.due_on, own.number
  FROM unnest($1::text[]::uuid[]) AS one(unit_id)
  CROSS JOIN LATERAL (
    SELECT f.id, f.due_on, f.number
    FROM finding f
    WHERE f.unit_id = one.unit_id AND f.status = 'open' AND ($2::boolean OR f.seen_by = 'unit')
      AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
        SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id WHERE v.hidden AND v.id <> ALL ($5::text[]::uuid[])))
    ORDER BY f.due_on, f.number
    LIMIT $3::int + $4::int
  ) own
  ORDER BY own.due_on, own.number
  LIMIT $3::int OFFSET $4::int
) p
JOIN finding f ON f.id = p.id
LEFT JOIN rectification r ON r.finding_id = p.id
LEFT JOIN unit u ON u.id = f.unit_id
ORDER BY p.due_on, p.number

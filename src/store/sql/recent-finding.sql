-- The free finding that a person ($1: contact id) recorded last in a place ($2), not before $3, if its task is not handed in.
SELECT f.id::text, f.number, f.problem, cardinality(f.attachments) AS photos
FROM finding f JOIN assignment a ON a.id = f.assignment_id AND a.reported_at IS NULL
WHERE f.reported_by = $1::uuid AND f.session_id IS NULL AND f.place = $2 AND f.opened_at >= $3::timestamptz
  AND f.status = 'open'
ORDER BY f.opened_at DESC, f.number DESC
LIMIT 1

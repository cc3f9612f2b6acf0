-- A draw that was begun ($1) is made: $2 its record (jsonb), $3 the record's fingerprint, $4 when the frame was frozen, $5 by
-- whom. A record is written once; whoever comes second writes nothing.
UPDATE draw SET status = 'done', record = $2::jsonb, fingerprint = $3, done_at = $4::timestamptz, done_by = $5::uuid
WHERE id = $1::uuid AND status = 'begun'
RETURNING code

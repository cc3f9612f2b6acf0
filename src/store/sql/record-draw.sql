-- A draw that was begun ($1) is made: $2 its record (json), $3 the record's fingerprint, $4 when the frame was frozen, $5 by
-- whom. A record is written once; whoever comes second writes nothing.
UPDATE draw SET status = 'done', record = $2::json, fingerprint = $3, done_at = $4::timestamptz, done_by = $5::uuid
WHERE id = $1::uuid AND status = 'begun'
RETURNING code

-- Files made here ($1: their maker) before $2, with their bytes unless the same are kept for something else.
WITH gone AS (
  DELETE FROM attachment WHERE urn = $1 AND message_seq = 0 AND received_at < $2::timestamptz
  RETURNING id, sha256
),
bytes AS (
  DELETE FROM attachment_content c
  WHERE c.sha256 IN (SELECT sha256 FROM gone)
    AND NOT EXISTS (SELECT FROM attachment f WHERE f.sha256 = c.sha256 AND f.id NOT IN (SELECT id FROM gone))
)
SELECT 1 FROM gone

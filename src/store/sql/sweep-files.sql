-- Removes files that came in an anonymous session (forget-files.sql): no question there asks for any. Their bytes go too, unless
-- the same were sent elsewhere.
WITH gone AS (
  DELETE FROM attachment f
  WHERE f.urn IS NULL AND f.message_seq = 0
  RETURNING id, sha256
),
bytes AS (
  DELETE FROM attachment_content c
  WHERE c.sha256 IN (SELECT sha256 FROM gone)
    AND NOT EXISTS (SELECT FROM attachment f WHERE f.sha256 = c.sha256 AND f.id NOT IN (SELECT id FROM gone))
)
SELECT 1 FROM gone

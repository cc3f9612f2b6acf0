-- Removes files that came in an anonymous session (forget-files.sql) and are no answer: sent beside the question, or in a
-- session that was left. Their bytes go too, unless the same were sent elsewhere.
WITH gone AS (
  DELETE FROM attachment f
  WHERE f.urn IS NULL AND f.message_seq = 0
    AND NOT EXISTS (
      SELECT FROM answer a WHERE a.value @> jsonb_build_array(jsonb_build_object('id', f.id)))
  RETURNING id, sha256
),
bytes AS (
  DELETE FROM attachment_content c
  WHERE c.sha256 IN (SELECT sha256 FROM gone)
    AND NOT EXISTS (SELECT FROM attachment f WHERE f.sha256 = c.sha256 AND f.id NOT IN (SELECT id FROM gone))
)
SELECT 1 FROM gone

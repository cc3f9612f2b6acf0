-- Takes up to $2 people who have a silent session to be looked at by $1, and whom no other worker is serving: the same
-- lock as a turn takes (lock-waiting.sql). Whoever has written meanwhile is left to the turn: their answer comes first.
SELECT c.id::text
FROM contact c
WHERE c.id IN (
  SELECT s.contact_id
  FROM session s
  WHERE s.wake_at <= $1::timestamptz
    AND NOT EXISTS (
      SELECT FROM urn u JOIN inbox i ON i.urn = u.urn
      WHERE u.contact_id = s.contact_id AND i.status IN ('waiting', 'fetching'))
  ORDER BY s.wake_at
  LIMIT $2
)
FOR NO KEY UPDATE SKIP LOCKED

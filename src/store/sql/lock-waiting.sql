-- Takes up to $2 people who have a message waiting and whom no other worker is serving. The lock is on the person: at
-- most one message of theirs is in flight, and it is given back by commit, rollback or the death of the process.
-- NO KEY UPDATE, because inserting a session takes a KEY SHARE lock on its contact and must not wait for us.
-- Served strictly before the messages are read (load-turns.sql): a snapshot taken before the lock could show a message
-- that the previous holder of the lock has just handled.
SELECT c.id
FROM contact c
WHERE c.id IN (
  SELECT u.contact_id
  FROM inbox i JOIN urn u ON u.urn = i.urn
  WHERE i.status = 'waiting' AND (i.retry_at IS NULL OR i.retry_at <= $1::timestamptz)
  ORDER BY i.seq
  LIMIT $2
)
FOR NO KEY UPDATE SKIP LOCKED

-- Takes up to $2 people who have a message waiting and whom no other worker is serving. The lock is on the person: at
-- most one message of theirs is in flight, and it is given back by commit, rollback or the death of the process.
-- NO KEY UPDATE, because inserting a session takes a KEY SHARE lock on its contact and must not wait for us.
-- Served strictly before the messages are read (load-turns.sql): a snapshot taken before the lock could show a message
-- that the previous holder of the lock has just handled.
-- Only the message sent first from an address counts: one whose files are on the way, or that waits to be tried again,
-- must not take a place for those behind it. The lock comes before the limit, so that a second worker goes on behind the
-- people that the first one has.
SELECT person.id
FROM (
  SELECT seq, urn, sent_at FROM inbox
  WHERE status = 'waiting' AND (retry_at IS NULL OR retry_at <= $1::timestamptz)
  ORDER BY seq OFFSET 0
) i
CROSS JOIN LATERAL (
  SELECT c.id::text FROM contact c WHERE c.id = (SELECT u.contact_id FROM urn u WHERE u.urn = i.urn)
  FOR NO KEY UPDATE SKIP LOCKED
) person
WHERE NOT EXISTS (
  SELECT FROM inbox e
  WHERE e.urn = i.urn AND e.status IN ('fetching', 'waiting') AND (e.sent_at, e.seq) < (i.sent_at, i.seq) OFFSET 0)
LIMIT $2

-- Records what became of messages that were on their way.
-- $1: jsonb array of { seq, status, at, externalId, attempts, failingSince, fault, leaseUntil, address }; $2: text array of
-- their seqs, which makes the planner use the primary key: joined to the document alone, a plan made while the table was
-- small read all of it ever after.
-- What was said in an anonymous session that has ended (forget-anonymous.sql), its goodbye included, is kept nowhere once it
-- was sent or given up. Only on the console page, which reads its messages from here, it stays until the next sweep: of
-- the goodbye, which tells no answer, also what it says.
WITH given AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(
    seq bigint, status text, at timestamptz, "externalId" text, attempts int, "failingSince" timestamptz, fault text,
    "leaseUntil" timestamptz, address text)
),
forgotten AS (
  DELETE FROM outbox USING given g
  WHERE outbox.seq = g.seq AND outbox.seq = ANY ($2::text[]::bigint[])
    AND forget AND g.status <> 'waiting' AND outbox.channel <> 'console'
)
UPDATE outbox SET
  status = g.status,
  sent_at = CASE WHEN g.status = 'sent' THEN g.at END,
  external_id = g."externalId",
  attempts = coalesce(g.attempts, outbox.attempts),
  failing_since = g."failingSince",
  fault = g.fault,
  lease_until = g."leaseUntil",
  address = coalesce(g.address, outbox.address),
  -- Another address is the person's own: there is no room any more to hide it from.
  "only" = CASE WHEN g.address IS NULL THEN outbox."only" END,
  channel = coalesce(split_part(g.address, ':', 1), outbox.channel),
  session_id = CASE WHEN NOT forget OR g.status = 'waiting' THEN session_id END,
  question = CASE WHEN NOT forget OR g.status = 'waiting' THEN question END,
  contact_id = CASE WHEN NOT forget OR g.status = 'waiting' THEN contact_id END,
  settles = CASE WHEN NOT forget OR g.status = 'waiting' THEN settles END,
  say = CASE WHEN forget AND g.status <> 'waiting' AND session_id IS NOT NULL AND say -> 'lines' <> '[]' THEN '{"lines":[],"forgotten":true}'::jsonb
    ELSE say END
FROM given g
WHERE outbox.seq = g.seq AND outbox.seq = ANY ($2::text[]::bigint[])
  AND NOT (forget AND g.status <> 'waiting' AND outbox.channel <> 'console')

-- The files of these messages ($1: text array of seqs) are there or given up: what did not come is lost, and the messages
-- can be handled.
WITH ended AS (
  DELETE FROM file_fetch WHERE message_seq = ANY ($1::text[]::bigint[])
),
lost AS (
  UPDATE attachment SET status = 'lost', ref = NULL
  WHERE message_seq = ANY ($1::text[]::bigint[]) AND status = 'waiting'
)
UPDATE inbox SET status = 'waiting' WHERE seq = ANY ($1::text[]::bigint[]) AND status = 'fetching'

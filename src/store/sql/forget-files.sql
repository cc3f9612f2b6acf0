-- Files that came in an anonymous session no longer lead to who sent them, nor to the message that brought them. Those that
-- are no answer in the end go with the next sweep (sweep-files.sql).
-- $1: text array of the messages' seqs
UPDATE attachment SET message_seq = 0, external_id = '', urn = NULL, name = NULL, ref = NULL,
  received_at = date_trunc('day', received_at)
WHERE message_seq = ANY ($1::text[]::bigint[])

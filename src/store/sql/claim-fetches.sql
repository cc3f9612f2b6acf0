-- Takes up to $4 messages of one channel ($1) whose files are to be fetched at $2 (machine time), the longest waiting
-- first, and leaves them to this process until $3. A process that dies gives them back by the lapse of that.
UPDATE file_fetch SET due_at = $3::timestamptz
WHERE message_seq = ANY (ARRAY(
  SELECT message_seq FROM file_fetch WHERE channel = $1 AND due_at <= $2::timestamptz
  ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED))
RETURNING message_seq::text AS seq, to_json(since) #>> '{}' AS since

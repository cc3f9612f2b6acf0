-- Marks messages as on their way until $2 (machine time), and books their budgets.
-- $1: text array of seqs, $3: jsonb array of { lane, tat }. The array makes the planner use the primary key, however
-- large the table is.
WITH booked AS (
  INSERT INTO lane (lane, tat)
  SELECT lane, tat FROM jsonb_to_recordset($3::jsonb) AS g(lane text, tat timestamptz)
  ON CONFLICT (lane) DO UPDATE SET tat = excluded.tat
)
UPDATE outbox SET status = 'sending', lease_until = $2::timestamptz,
  -- Where it stands among all messages in and out. What is secret takes no number, which others would miss in theirs, but
  -- stands a little behind what was last said, to anybody and in its own conversation. A function and no look at the
  -- sequence, which would be taken once a statement: by the first secret message, of which the next would tell.
  shown = coalesce(shown, CASE WHEN secret IS NULL THEN nextval('message_seq') ELSE greatest(
    pg_sequence_last_value('message_seq'),
    (SELECT max(o.shown) FROM outbox o WHERE o.channel = outbox.channel AND o.address = outbox.address)) + 0.000001 END)
WHERE seq = ANY ($1::text[]::bigint[])
RETURNING seq::text, trim_scale(shown)::text AS shown

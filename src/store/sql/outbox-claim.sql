-- Marks messages as on their way until $2 (machine time), books their budgets, and puts off what must not go out now.
-- $1: text array of seqs, $3: jsonb array of { lane, spent }, $4: jsonb array of { seq, dueAt } with $5, a text array of
-- their seqs. The arrays make the planner use the primary key, however large the table is.
WITH booked AS (
  INSERT INTO lane (lane, spent)
  SELECT lane, spent FROM jsonb_to_recordset($3::jsonb) AS g(lane text, spent timestamptz[])
  ON CONFLICT (lane) DO UPDATE SET spent = excluded.spent
),
put_off AS (
  UPDATE outbox SET due_at = g."dueAt"
  FROM jsonb_to_recordset($4::jsonb) AS g(seq bigint, "dueAt" timestamptz)
  WHERE outbox.seq = g.seq AND outbox.seq = ANY ($5::text[]::bigint[])
)
UPDATE outbox SET status = 'sending', lease_until = $2::timestamptz,
  -- Where it stands among all messages in and out. What is secret takes no number, which others would miss in theirs, but
  -- stands a little behind what was last said, to anybody and, on the console page, in its own conversation (outbox_console
  -- holds these alone, so the channel is written out; elsewhere it is no more than a name, made its own by its seq).
  -- A function and no look at the sequence, which would be taken once a statement: by the first secret message, of which
  -- the next would tell.
  shown = coalesce(shown, CASE
    WHEN secret IS NULL THEN nextval('message_seq')
    WHEN channel = 'console' THEN greatest(
      pg_sequence_last_value('message_seq'),
      (SELECT max(o.shown) FROM outbox o WHERE o.channel = 'console' AND o.address = outbox.address)) + 0.000001
    ELSE pg_sequence_last_value('message_seq') + seq * 0.000000000001 END)
WHERE seq = ANY ($1::text[]::bigint[])
RETURNING seq::text, trim_scale(shown)::text AS shown

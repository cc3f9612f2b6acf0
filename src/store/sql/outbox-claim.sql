-- Marks messages as on their way until $2 (machine time), and books their budgets.
-- $1: text array of seqs, $3: jsonb array of { lane, tat }. The array makes the planner use the primary key, however
-- large the table is.
WITH booked AS (
  INSERT INTO lane (lane, tat)
  SELECT lane, tat FROM jsonb_to_recordset($3::jsonb) AS g(lane text, tat timestamptz)
  ON CONFLICT (lane) DO UPDATE SET tat = excluded.tat
)
UPDATE outbox SET status = 'sending', lease_until = $2::timestamptz,
  shown = coalesce(shown, nextval('message_seq'))
WHERE seq = ANY ($1::text[]::bigint[])

-- Removes what still told that somebody took part in an anonymous survey: messages that were answers and messages that were
-- said in it, from before $1; and when whom was last written to before $2 (machine time), which limits nothing any more.
WITH heard AS (
  DELETE FROM inbox WHERE status = 'done' AND body ? 'forgotten' AND received_at < $1::timestamptz RETURNING 1
),
lanes AS (
  -- A lane that is being booked just now is left.
  DELETE FROM lane WHERE lane IN (
    SELECT lane FROM lane WHERE spent[array_upper(spent, 1)] < $2::timestamptz FOR UPDATE SKIP LOCKED)
),
said AS (
  DELETE FROM outbox WHERE forget AND status NOT IN ('waiting', 'sending') AND coalesce(sent_at, created_at) < $1::timestamptz
  RETURNING 1
)
SELECT 1 FROM heard UNION ALL SELECT 1 FROM said

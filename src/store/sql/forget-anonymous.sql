-- An anonymous session has ended: what it said no longer leads to a person, nor a person to it.
-- $1: text array of session ids
WITH sessions AS (
  UPDATE session SET contact_id = NULL, address = NULL, room = '' WHERE id = ANY ($1::text[]::uuid[])
)
UPDATE outbox SET session_id = NULL, question = NULL, contact_id = NULL,
  say = CASE WHEN status = 'sent' THEN '{"lines":[],"forgotten":true}'::jsonb ELSE say END
WHERE session_id = ANY ($1::text[]::uuid[])

-- An anonymous session has ended: what it said no longer leads to a person, nor a person to it. Its last message still has to
-- go out, in the person's language: outbox-settle.sql forgets that one when it was sent.
-- $1: text array of session ids
WITH sessions AS (
  UPDATE session SET contact_id = NULL, address = NULL, room = '' WHERE id = ANY ($1::text[]::uuid[])
)
UPDATE outbox SET forget = true,
  session_id = CASE WHEN status <> 'sent' THEN session_id END,
  question = CASE WHEN status <> 'sent' THEN question END,
  contact_id = CASE WHEN status <> 'sent' THEN contact_id END,
  say = CASE WHEN status <> 'sent' THEN say ELSE '{"lines":[],"forgotten":true}'::jsonb END
WHERE session_id = ANY ($1::text[]::uuid[])

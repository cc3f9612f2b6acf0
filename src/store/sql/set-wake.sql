-- Sets when silent sessions are looked at again.
-- $1: jsonb array of { id, wakeAt }
UPDATE session SET wake_at = g."wakeAt"
FROM jsonb_to_recordset($1::jsonb) AS g(id uuid, "wakeAt" timestamptz)
WHERE session.id = g.id

-- Marks answers that no longer stand. A statement of its own, before the new answers are inserted: within one
-- statement the order of an UPDATE and an INSERT is not defined, and the unique index on standing answers is.
-- $1: jsonb array of { sessionId, question, at }
UPDATE answer SET replaced_at = g.at
FROM jsonb_to_recordset($1::jsonb) AS g("sessionId" uuid, question text, at timestamptz)
WHERE answer.session_id = g."sessionId" AND answer.question = g.question AND answer.replaced_at IS NULL

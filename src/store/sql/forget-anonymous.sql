-- Anonymous sessions have ended: from here on no id, instant or order of theirs is found anywhere
-- (docs/decisions/0009-anonymous-answers.md). What was submitted is a rating, of a day and a place and of nobody; session and
-- answers are gone, and what was not submitted with them.
-- $1: text array of session ids; $2: text array of those among them that were submitted
WITH ended AS (
  DELETE FROM session WHERE id = ANY ($1::text[]::uuid[]) RETURNING *
),
given AS (
  DELETE FROM answer WHERE session_id = ANY ($1::text[]::uuid[])
),
used AS (
  UPDATE survey_code SET used = true
  WHERE kind = 'case' AND code IN (
    SELECT e.survey_code FROM ended e WHERE e.id = ANY ($2::text[]::uuid[]))
),
-- What waits still has to go out, in the person's language: outbox-settle.sql forgets it when it was sent. What was sent
-- goes, except where it is still looked at for a short time: the console page reads its messages from here, and a
-- question's last redrawing looks for the message that asked. Those go with the next sweep (sweep-traces.sql).
said AS MATERIALIZED (
  SELECT o.seq, o.status IN ('waiting', 'sending') AS pending,
    EXISTS (
      SELECT FROM outbox q
      WHERE q.session_id = o.session_id AND q.settles @> jsonb_build_array(jsonb_build_object('question', o.question))
        AND q.status IN ('waiting', 'sending')) AS asked,
    o.channel = 'console' AS shown
  FROM outbox o WHERE o.session_id = ANY ($1::text[]::uuid[])
),
unsaid AS (
  DELETE FROM outbox WHERE seq IN (SELECT seq FROM said WHERE NOT (pending OR asked OR shown))
)
UPDATE outbox SET forget = true,
  session_id = CASE WHEN s.pending OR s.asked THEN session_id END,
  question = CASE WHEN s.pending OR s.asked THEN question END,
  contact_id = CASE WHEN s.pending THEN contact_id END,
  settles = CASE WHEN s.pending THEN settles END,
  say = CASE WHEN s.pending OR say -> 'lines' = '[]' THEN say ELSE '{"lines":[],"forgotten":true}'::jsonb END
FROM said s
WHERE outbox.seq = s.seq AND (s.pending OR s.asked OR s.shown)

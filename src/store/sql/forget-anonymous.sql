-- Anonymous sessions have ended: from here on no id, instant or order of theirs is found anywhere else
-- (docs/decisions/0009-anonymous-answers.md). What was submitted goes on under new ids and with nothing finer than the day,
-- in the campaign's zone; what was not is gone. Rows are written anew, in random order: an UPDATE would keep the answers'
-- ids, which are an order. The new ones are below zero, where the sequence never comes.
-- Also run on sessions forgotten before (jobs/forgetting.ts), which are then mixed with those that came since.
-- $1: text array of session ids
WITH ended AS (
  DELETE FROM session WHERE id = ANY ($1::text[]::uuid[]) RETURNING *
),
submitted AS MATERIALIZED (
  SELECT e.*, gen_random_uuid() AS fresh, date_trunc('day', e.ended_at, c.zone) AS day
  FROM ended e JOIN campaign c ON c.id = e.campaign_id
  WHERE e.status = 'completed'
),
kept AS (
  INSERT INTO session (id, campaign_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at, ended_at,
    source, interview_for)
  SELECT fresh, campaign_id, assignment_id, flow_id, flow_version, status, state, day, day, day, source, interview_for
  FROM submitted ORDER BY random()
),
given AS (
  DELETE FROM answer WHERE session_id = ANY ($1::text[]::uuid[]) RETURNING *
),
answers AS (
  INSERT INTO answer (id, session_id, question, value, said, answered_at, replaced_at)
  SELECT -1 - ('x' || right(gen_random_uuid()::text, 12))::bit(48)::bigint * 16384 - floor(random() * 16384)::bigint,
    s.fresh, g.question, g.value, g.said, s.day, CASE WHEN g.replaced_at IS NOT NULL THEN s.day END
  FROM given g JOIN submitted s ON s.id = g.session_id
  ORDER BY random()
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

-- Anonymous sessions have ended: from here on no id, instant or order of theirs is found anywhere
-- (docs/decisions/0009-anonymous-answers.md). What was submitted is a rating, of a day and a place and of nobody; session and
-- answers are gone, and what was not submitted with them. Gives the ratings made, with their receipts.
-- $1: text array of session ids; $2: jsonb array of { sessionId, day, level, answers, receipt, words (both hex), marks,
-- counted }, of those that were submitted; counted: { day, unitId, slot, n } as in insert-ratings.sql
WITH counted AS (
  INSERT INTO rating_trace AS t (day, token, unit_id, slot, n)
  SELECT c.day, '', c."unitId", c.slot, sum(c.n)
  FROM jsonb_to_recordset($2::jsonb) AS g(counted jsonb)
  CROSS JOIN jsonb_to_recordset(g.counted) AS c(day date, "unitId" uuid, slot smallint, n int)
  GROUP BY 1, 3, 4 ORDER BY 1, 3, 4
  ON CONFLICT (day, token, unit_id, slot) DO UPDATE SET n = t.n + excluded.n
),
ended AS (
  DELETE FROM session WHERE id = ANY ($1::text[]::uuid[]) RETURNING *
),
given AS (
  DELETE FROM answer WHERE session_id = ANY ($1::text[]::uuid[])
),
rated AS (
  INSERT INTO rating (campaign_id, set_version, flow_id, flow_version, unit_id, matter, source, day, level, answers, receipt, words,
    marks)
  SELECT e.campaign_id, (SELECT max(s.version) FROM indicator_set s WHERE s.campaign_id = e.campaign_id),
    e.flow_id, e.flow_version, c.unit_id, c.matter, 'chat', g.day, g.level, g.answers, decode(g.receipt, 'hex'), decode(g.words, 'hex'),
    ARRAY(SELECT jsonb_array_elements_text(g.marks))
  FROM jsonb_to_recordset($2::jsonb) AS g(
    "sessionId" uuid, day date, level smallint, answers jsonb, receipt text, words text, marks jsonb)
  JOIN ended e ON e.id = g."sessionId"
  LEFT JOIN survey_code c ON c.code = e.survey_code
  ORDER BY random()
  RETURNING id, receipt
),
used AS (
  UPDATE survey_code SET used = true
  WHERE kind = 'case' AND code IN (
    SELECT e.survey_code FROM ended e WHERE e.id IN (SELECT "sessionId" FROM jsonb_to_recordset($2::jsonb) AS g("sessionId" uuid)))
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
),
kept AS (
  UPDATE outbox SET forget = true,
    session_id = CASE WHEN s.pending OR s.asked THEN session_id END,
    question = CASE WHEN s.pending OR s.asked THEN question END,
    contact_id = CASE WHEN s.pending THEN contact_id END,
    settles = CASE WHEN s.pending THEN settles END,
    say = CASE WHEN s.pending OR say -> 'lines' = '[]' THEN say ELSE '{"lines":[],"forgotten":true}'::jsonb END
  FROM said s
  WHERE outbox.seq = s.seq AND (s.pending OR s.asked OR s.shown)
)
SELECT id::text, encode(receipt, 'hex') AS receipt FROM rated

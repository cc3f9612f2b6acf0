-- Keeps citizens' ratings, with what follows from them at once: the sign of equal words, the case of a negative one, the count of
-- the part of the day. One with a receipt that is known already is the same rating changed: what it is about and its day stay.
-- In random order: rows lie on the disk as they came. The tally's rows and the counts are the ones that everybody wants to
-- change: triggers and `counted` change them after all the rest, shortly before the commit.
-- $1: jsonb array of { campaignId, flowId, flowVersion, unitId, matter, source, interviewFor, day, level, answers, marks,
-- receipt (hex), words: { hash (hex), from } or null, opening: { number, record, wakeAt } or null }
-- $2: jsonb array of { day, unitId, slot, n }: of a unit's part of a day, whoever rated
WITH given AS MATERIALIZED (
  SELECT g."campaignId" AS campaign_id, g."flowId" AS flow_id, g."flowVersion" AS flow_version, g."unitId" AS unit_id, g.matter,
    g.source, g."interviewFor" AS interview_for, g.day, g.level, g.answers,
    ARRAY(SELECT jsonb_array_elements_text(g.marks)) AS marks, decode(g.receipt, 'hex') AS receipt,
    decode(g.words ->> 'hash', 'hex') AS words, (g.words ->> 'from')::int AS words_from, g.opening
  FROM jsonb_to_recordset($1::jsonb) AS g(
    "campaignId" uuid, "flowId" text, "flowVersion" int, "unitId" uuid, matter text, source text, "interviewFor" uuid, day date,
    level smallint, answers jsonb, marks jsonb, receipt text, words jsonb, opening jsonb)),
-- Words that stand there so often, these included. Its caller has locked them.
repeated AS MATERIALIZED (
  SELECT g.words
  FROM (SELECT words, max(words_from) AS enough, count(*) AS n FROM given WHERE words IS NOT NULL GROUP BY words) g
  WHERE g.n + (
    SELECT count(*) FROM (
      SELECT FROM rating o
      WHERE o.words = g.words AND NOT EXISTS (SELECT FROM given x WHERE x.receipt = o.receipt)
      LIMIT g.enough) there) >= g.enough),
-- A rating that somebody is just changing is left to them: two who wait for each other would both fail.
marked AS (
  UPDATE rating SET marks = array_append(marks, 'same-comment')
  WHERE id IN (
    SELECT o.id FROM repeated p JOIN rating o ON o.words = p.words
    WHERE NOT 'same-comment' = ANY (o.marks) AND NOT EXISTS (SELECT FROM given x WHERE x.receipt = o.receipt)
    FOR NO KEY UPDATE OF o SKIP LOCKED)),
kept AS (
  INSERT INTO rating AS r (campaign_id, set_version, flow_id, flow_version, unit_id, matter, source, interview_for, day, level,
    answers, marks, receipt, words)
  SELECT g.campaign_id, (SELECT max(s.version) FROM indicator_set s WHERE s.campaign_id = g.campaign_id),
    g.flow_id, g.flow_version, g.unit_id, g.matter, g.source, g.interview_for, g.day, g.level, g.answers,
    g.marks || CASE WHEN g.words IN (SELECT words FROM repeated) THEN '{same-comment}'::text[] ELSE '{}' END, g.receipt, g.words
  FROM given g
  ORDER BY random()
  ON CONFLICT (receipt) WHERE receipt IS NOT NULL DO UPDATE
    SET level = excluded.level, answers = excluded.answers, words = excluded.words, set_version = excluded.set_version,
      flow_version = excluded.flow_version,
      marks = ARRAY(SELECT DISTINCT m FROM unnest(r.marks || excluded.marks) AS m ORDER BY m)
  RETURNING r.id, r.campaign_id, r.unit_id, r.receipt, r.level, r.struck, r.xmax <> 0 AS changed),
negative AS MATERIALIZED (
  SELECT k.id, k.campaign_id, k.unit_id, g.opening FROM kept k JOIN given g ON g.receipt = k.receipt
  WHERE k.level <= 2 AND NOT k.struck AND jsonb_typeof(g.opening) = 'object'
    AND NOT EXISTS (SELECT FROM rating_case c WHERE c.rating_id = k.id)),
-- One whose number is taken is left out: its caller draws another one.
opened AS (
  INSERT INTO rating_case (number, campaign_id, unit_id, rating_id, opened_on, record, stage, due_on, wake_at)
  SELECT g.number, n.campaign_id, n.unit_id, n.id, (g.record ->> 'since')::date, g.record, g.record ->> 'stage',
    g.record ->> 'dueOn', g."wakeAt"
  FROM negative n CROSS JOIN jsonb_to_record(n.opening) AS g(number int, record jsonb, "wakeAt" timestamptz)
  ORDER BY random()
  ON CONFLICT DO NOTHING
  RETURNING rating_id),
counted AS (
  INSERT INTO rating_trace AS t (day, token, unit_id, slot, n)
  SELECT c.day, '', c."unitId", c.slot, sum(c.n)
  FROM jsonb_to_recordset($2::jsonb) AS c(day date, "unitId" uuid, slot smallint, n int)
  GROUP BY 1, 3, 4 ORDER BY 1, 3, 4
  ON CONFLICT (day, token, unit_id, slot) DO UPDATE SET n = t.n + excluded.n)
SELECT k.id::text, encode(k.receipt, 'hex') AS receipt, k.level, k.changed,
  k.id IN (SELECT id FROM negative) AND k.id NOT IN (SELECT rating_id FROM opened) AS "lacksCase"
FROM kept k

-- Keeps citizens' ratings. One with a receipt that is known already is the same rating changed: what it is about and its day
-- stay. In random order: rows lie on the disk as they came.
-- $1: jsonb array of { campaignId, flowId, flowVersion, unitId, matter, source, interviewFor, day, level, answers, marks,
-- receipt, words (both hex) }
-- $2: jsonb array of { day, unitId, slot, n }: of a unit's part of a day, whoever rated. These rows and the tally's are the ones
-- that everybody wants to change, so they are changed last, and together.
WITH counted AS (
  INSERT INTO rating_trace AS t (day, token, unit_id, slot, n)
  SELECT c.day, '', c."unitId", c.slot, c.n
  FROM jsonb_to_recordset($2::jsonb) AS c(day date, "unitId" uuid, slot smallint, n int) ORDER BY 1, 3, 4
  ON CONFLICT (day, token, unit_id, slot) DO UPDATE SET n = t.n + excluded.n)
INSERT INTO rating AS r (campaign_id, set_version, flow_id, flow_version, unit_id, matter, source, interview_for, day, level,
  answers, marks, receipt, words)
SELECT g."campaignId",
  (SELECT max(s.version) FROM indicator_set s WHERE s.campaign_id = g."campaignId"),
  g."flowId", g."flowVersion", g."unitId", g.matter, g.source, g."interviewFor", g.day, g.level, g.answers,
  ARRAY(SELECT jsonb_array_elements_text(g.marks)), decode(g.receipt, 'hex'), decode(g.words, 'hex')
FROM jsonb_to_recordset($1::jsonb) AS g(
  "campaignId" uuid, "flowId" text, "flowVersion" int, "unitId" uuid, matter text, source text, "interviewFor" uuid, day date,
  level smallint, answers jsonb, marks jsonb, receipt text, words text)
ORDER BY random()
ON CONFLICT (receipt) WHERE receipt IS NOT NULL DO UPDATE
  SET level = excluded.level, answers = excluded.answers, words = excluded.words, set_version = excluded.set_version,
    flow_version = excluded.flow_version,
    marks = ARRAY(SELECT DISTINCT m FROM unnest(r.marks || excluded.marks) AS m ORDER BY m)
RETURNING r.id::text, encode(r.receipt, 'hex') AS receipt, r.level, r.xmax <> 0 AS changed

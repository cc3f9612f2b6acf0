-- The ledger as it is handed in: problems of a campaign ($1) that stand or are closed, by number; of some units ($2: text array of ids)
-- or of all (null). What only coordinators may see is left out unless $3; nothing of hidden inspections (JX-4.4).
SELECT f.number, f.problem, u.name AS unit, f.status, f.source, f.stage, f.due_on AS "dueOn",
  (SELECT k.place FROM claim k WHERE k.session_id = o.session_id AND k.unit_id IS NULL) AS place,
  (SELECT CASE jsonb_typeof(t.told) WHEN 'string' THEN t.told #>> '{}' ELSE t.told ->> 'label' END
    FROM (SELECT s.state -> 'values' -> q.question AS told) t) AS "askedPlace",
  (SELECT v.title FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = f.assignment_id) AS activity,
  -- What was answered where it was found.
  CASE WHEN o.question IS NOT NULL THEN jsonb_build_object('flowId', s.flow_id, 'flowVersion', s.flow_version,
    'question', o.question, 'values', s.state -> 'values') END AS answers,
  -- An order that was called off stands no more, though its record is kept.
  CASE WHEN f.stage IS NOT NULL THEN r.record -> 'task' END AS task,
  CASE WHEN f.stage IS NOT NULL THEN r.record ->> 'requirement' END AS requirement,
  CASE WHEN f.stage IS NOT NULL THEN r.record ->> 'owner' END AS owner,
  CASE WHEN f.stage IS NOT NULL THEN r.record ->> 'measure' END AS measure,
  CASE WHEN f.stage IS NOT NULL THEN r.record ->> 'steps' END AS steps,
  r.record -> 'extension' ->> 'until' AS until,
  cardinality(f.attachments) + coalesce((
    SELECT jsonb_array_length(p.state -> 'values' -> 'proof') FROM session p
    WHERE p.id = r.session_id AND jsonb_typeof(p.state -> 'values' -> 'proof') = 'array'), 0) AS proofs,
  CASE WHEN f.status = 'closed' THEN (
    SELECT max(e.at) FROM finding_event e WHERE e.finding_id = f.id AND e.kind = 'close') END AS "closedAt"
FROM finding f
LEFT JOIN unit u ON u.id = f.unit_id
LEFT JOIN rectification r ON r.finding_id = f.id
-- Where it was found; a part of a problem where the whole was.
LEFT JOIN finding o ON o.id = coalesce(f.origin, f.id)
LEFT JOIN session s ON s.id = o.session_id
LEFT JOIN place_question q ON q.flow_id = s.flow_id AND q.flow_version = s.flow_version
WHERE f.campaign_id = $1::uuid AND f.status IN ('open', 'closed')
  AND ($2::text[] IS NULL OR f.unit_id = ANY ($2::text[]::uuid[])) AND ($3::boolean OR f.seen_by = 'unit')
  AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
    SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id WHERE v.hidden))
ORDER BY f.number

-- Problems ($1: text array of ids) with their rectification, for those who decide about them.
SELECT f.id::text, f.number, f.campaign_id::text AS "campaignId", f.unit_id::text AS "unitId", u.name AS "unitName",
  f.problem, f.status, f.source, f.category, f.severity, f.seen_by AS "seenBy", f.reported_by::text AS "reportedBy",
  f.attachments::text[] AS attachments, f.session_id::text AS "foundIn", f.question, f.opened_at AS "openedAt",
  f.assignment_id::text AS "assignmentId",
  (SELECT v.id::text FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = f.assignment_id AND v.hidden)
    AS secret,
  (SELECT a.assignee_unit_id::text FROM assignment a WHERE a.id = f.assignment_id) AS "foundBy",
  (SELECT jsonb_build_object('matter', k.matter, 'place', k.place) FROM claim k WHERE k.session_id = o.session_id) AS claimed,
  CASE jsonb_typeof(t.told) WHEN 'string' THEN t.told #>> '{}' ELSE t.told ->> 'label' END AS place,
  CASE WHEN o.question IS NOT NULL THEN jsonb_build_object('flowId', s.flow_id, 'flowVersion', s.flow_version,
    'question', o.question, 'values', s.state -> 'values') END AS answers,
  c.status = 'published' AS running, c.status AS "campaignStatus", c.paused_at IS NOT NULL AS paused, c.code AS "campaignCode", c.title AS campaign, r.record,
  r.session_id::text AS "sessionId", (SELECT m.number FROM finding m WHERE m.id = f.merged_into) AS "mergedInto",
  ARRAY(SELECT m.number FROM finding m WHERE m.merged_into = f.id ORDER BY 1) AS merged,
  (SELECT m.number FROM finding m WHERE m.id = f.split_from) AS "splitFrom",
  ARRAY(SELECT m.number FROM finding m WHERE m.split_from = f.id ORDER BY 1) AS parts
FROM finding f
JOIN campaign c ON c.id = f.campaign_id
LEFT JOIN unit u ON u.id = f.unit_id
LEFT JOIN rectification r ON r.finding_id = f.id
-- Where it was found; a part of a problem where the whole was.
LEFT JOIN finding o ON o.id = coalesce(f.origin, f.id)
LEFT JOIN session s ON s.id = o.session_id
LEFT JOIN LATERAL (
  SELECT s.state -> 'values' -> (
    SELECT q.question FROM place_question q WHERE q.flow_id = s.flow_id AND q.flow_version = s.flow_version) AS told
) t ON true
WHERE f.id = ANY ($1::text[]::uuid[])
ORDER BY f.number

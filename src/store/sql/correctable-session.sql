-- The form that a person ($1: contact id) completed or corrected last, of a task that is not handed in. $2: a room; in private ('')
-- one from any place will do. $3: the id of the only one that is meant, or null. By way of the person's units, so that all steps go by index.
SELECT s.id::text, s.campaign_id::text AS "campaignId", s.assignment_id::text AS "assignmentId", s.flow_id AS "flowId",
  s.flow_version AS "flowVersion", s.state, s.room, s.address, s.part,
  a.target_unit_id::text AS "unitId", CASE WHEN v.hidden THEN v.id::text END AS secret, NULL AS "roomTitle"
FROM membership m
JOIN assignment a ON a.assignee_unit_id = m.unit_id AND a.reported_at IS NULL
JOIN activity v ON v.id = a.activity_id
JOIN session s ON s.assignment_id = a.id AND s.status = 'completed' AND s.contact_id = m.contact_id
WHERE m.contact_id = $1::uuid AND ($2 = '' OR s.room = $2) AND ($3::uuid IS NULL OR s.id = $3::uuid)
-- Once a report was given back, what it was made of comes before its own part, unless that was taken up since.
ORDER BY s.part = 'report' AND s.active_at <= coalesce(a.returned_at, '-infinity'), s.active_at DESC, s.ended_at DESC
LIMIT 1

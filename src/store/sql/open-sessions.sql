-- Every form that a person ($1: contact id) has open, wherever, the one that spoke last first: few rows, by session_open.
SELECT s.id::text, s.campaign_id::text AS "campaignId", s.assignment_id::text AS "assignmentId", s.flow_id AS "flowId",
  s.flow_version AS "flowVersion", s.state, s.room, s.address, s.part,
  a.target_unit_id::text AS "unitId", CASE WHEN v.hidden THEN v.id::text END AS secret, r.title AS "roomTitle"
FROM session s
LEFT JOIN assignment a ON a.id = s.assignment_id
LEFT JOIN activity v ON v.id = a.activity_id
LEFT JOIN room r ON r.urn = s.room
WHERE s.contact_id = $1::uuid AND s.ended_at IS NULL
ORDER BY s.active_at DESC

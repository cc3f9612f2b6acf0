-- Finished checklists and reports of a campaign ($1) with the answers that stand, in the order begun. Citizens' answers belong to no task; what belongs to a hidden inspection (JX-4.4) is left out. Answers come as one value a
-- record: a million rows of their own took pg twice as long to read.
SELECT n AS record, task, activity, inspector, inspected, flow, version, part, "endedAt",
  (SELECT coalesce(json_agg(json_build_array(w.question, w.value, w.said, floor(extract(epoch FROM w.answered_at) * 1000)::bigint) ORDER BY w.id), '[]')
   FROM answer w WHERE w.session_id = f.id AND w.replaced_at IS NULL) AS answers
FROM (
  SELECT row_number() OVER (ORDER BY s.started_at, s.id)::int AS n, s.id, a.number AS task, v.title AS activity,
    i.name AS inspector, t.name AS inspected, s.flow_id AS flow, s.flow_version AS version, s.part, s.ended_at AS "endedAt"
  FROM activity v
  JOIN assignment a ON a.activity_id = v.id
  JOIN session s ON s.assignment_id = a.id AND s.status = 'completed'
  JOIN unit i ON i.id = a.assignee_unit_id
  JOIN unit t ON t.id = a.target_unit_id
  WHERE v.campaign_id = $1::uuid AND NOT v.hidden
) f
ORDER BY n

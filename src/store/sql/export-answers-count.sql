-- By questionnaire of what export-answers.sql gives: its versions, how many records and answers, and how many records are not finished.
SELECT s.flow_id AS flow, array_agg(DISTINCT s.flow_version ORDER BY s.flow_version DESC) AS versions,
  count(*) FILTER (WHERE s.status = 'completed')::int AS records,
  (count(*) FILTER (WHERE s.status <> 'completed'))::int AS unfinished,
  sum(CASE WHEN s.status = 'completed' THEN (
    SELECT count(*) FROM answer w WHERE w.session_id = s.id AND w.replaced_at IS NULL) ELSE 0 END)::int AS answers
FROM activity v
JOIN assignment a ON a.activity_id = v.id
JOIN session s ON s.assignment_id = a.id
WHERE v.campaign_id = $1::uuid AND NOT v.hidden
GROUP BY s.flow_id
ORDER BY min(s.started_at), s.flow_id

-- Tasks of a campaign ($1) by activity, in the order in which they are due, as overview-tasks.sql counts them on $3 (YYYY-MM-DD).
-- Of hidden activities only those in $2 (text array of ids).
SELECT v.id::text, v.title, count(a.id)::int AS total, count(a.reported_at)::int AS done,
  (count(*) FILTER (WHERE a.reported_at IS NULL AND a.due_on < $3))::int AS late
FROM activity v LEFT JOIN assignment a ON a.activity_id = v.id
WHERE v.campaign_id = $1::uuid AND (NOT v.hidden OR v.id = ANY ($2::text[]::uuid[]))
GROUP BY v.id, v.title, v.due_on, v.code
ORDER BY v.due_on, v.code

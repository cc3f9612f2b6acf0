-- What these units ($2: text array of ids) still have to report on in a campaign ($1), as it is told to them.
SELECT a.number, a.due_on AS "dueOn", a.report_on AS "reportOn", a.finish_on IS NOT NULL AS finished, a.assignee_unit_id::text AS "assigneeId", v.title AS activity, v.mode,
  v.visits_min AS "visitsMin", v.visits_max AS "visitsMax", a.days, s.name AS assignee, t.name AS target,
  -- Found by their target, which has an index: a team shares it.
  CASE WHEN a.team IS NULL THEN '[]' ELSE (SELECT coalesce(jsonb_agg(u.name ORDER BY u.code), '[]')
    FROM assignment o JOIN unit u ON u.id = o.assignee_unit_id
    WHERE o.target_unit_id = a.target_unit_id AND o.team = a.team AND o.id <> a.id) END AS companions,
  CASE WHEN v.hidden THEN v.id::text END AS secret
FROM assignment a
JOIN activity v ON v.id = a.activity_id
JOIN unit s ON s.id = a.assignee_unit_id
JOIN unit t ON t.id = a.target_unit_id
WHERE a.assignee_unit_id = ANY ($2::text[]::uuid[]) AND v.campaign_id = $1::uuid AND a.reported_at IS NULL
-- The numbers of hidden tasks are by chance, and so would be their order.
ORDER BY a.due_on, v.hidden, CASE WHEN NOT v.hidden THEN a.number END, t.code

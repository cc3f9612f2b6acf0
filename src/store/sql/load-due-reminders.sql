-- What must be known of locked assignments ($1: text array of ids) to decide about their reminders.
-- Every step up to the last decision has been decided about: that instant is how far the assignment is handled.
SELECT a.id::text, a.due_on AS "dueOn", a.report_on AS "reportOn", a.finish_on IS NOT NULL AS finished,
  a.reported_at IS NOT NULL AS reported, c.status = 'published' AS running, c.paused_at IS NOT NULL AS paused,
  c.id::text AS "campaignId", c.published_at AS "publishedAt", a.assignee_unit_id::text AS "assigneeId",
  CASE WHEN v.hidden THEN v.id::text END AS secret, v.mode, s.name AS assignee, t.name AS target, x.needed AS "visitsMin",
  (SELECT max(r.at) FROM reminder r WHERE r.assignment_id = a.id) AS "handledTo",
  x.done AS "visitsDone", x.most AS "visitsMax", a.days, a.returned_at IS NOT NULL AS returned,
  ARRAY(SELECT e.contact_id::text FROM session e WHERE e.assignment_id = a.id AND e.ended_at IS NULL) AS "begunBy"
FROM assignment a
CROSS JOIN LATERAL visits_of(a.id) x
JOIN activity v ON v.id = a.activity_id
JOIN campaign c ON c.id = v.campaign_id
JOIN unit s ON s.id = a.assignee_unit_id
JOIN unit t ON t.id = a.target_unit_id
WHERE a.id = ANY ($1::text[]::uuid[])
-- The numbers of hidden tasks are by chance, and so would be their order.
ORDER BY a.remind_at, v.hidden, CASE WHEN NOT v.hidden THEN a.number END, t.code, s.code

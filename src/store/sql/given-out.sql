-- The tasks of a published campaign ($1) as they stand, with what is told of them.
SELECT a.id::text, a.number, v.code AS activity, v.id::text AS "activityId", v.title AS "activityTitle", v.mode, v.hidden,
  s.code AS "assigneeUnit", t.code AS "targetUnit", coalesce(a.finish_on, a.due_on) AS "dueOn",
  CASE WHEN a.finish_on IS NULL THEN a.report_on ELSE a.due_on END AS "reportOn", a.days,
  a.assignee_unit_id::text AS "assigneeId", g.code AS "givenUnit", a.given_due IS NOT NULL AS extended, s.name AS assignee, t.name AS target, a.reported_at IS NOT NULL AS reported
FROM assignment a
JOIN activity v ON v.id = a.activity_id
JOIN unit s ON s.id = a.assignee_unit_id
JOIN unit t ON t.id = a.target_unit_id
LEFT JOIN unit g ON g.id = a.given_to
WHERE v.campaign_id = $1::uuid
ORDER BY a.number

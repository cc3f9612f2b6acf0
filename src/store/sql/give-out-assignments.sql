-- A campaign's ($2) tasks, numbered in the order given; hidden ones by chance (the trigger assignment_number).
-- $1: jsonb array of { activity, assigneeUnit, targetUnit (their codes), dueOn, remindAt }
INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, remind_at, report_on, team)
SELECT v.id, a.id, t.id, g."dueOn", g."remindAt", g."reportOn",
  -- Where each object has several inspectors, all who are named for it go together.
  CASE WHEN (v.rules ->> 'inspectors')::int > 1 THEN md5(v.id::text || t.id::text)::uuid END
FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
  activity text, "assigneeUnit" text, "targetUnit" text, "dueOn" text, "remindAt" timestamptz, "reportOn" text)) WITH ORDINALITY AS g
JOIN activity v ON v.campaign_id = $2::uuid AND v.code = g.activity
JOIN unit a ON a.campaign_id = $2::uuid AND a.code = g."assigneeUnit"
JOIN unit t ON t.campaign_id = $2::uuid AND t.code = g."targetUnit"
ORDER BY g.ordinality
RETURNING assignee_unit_id::text AS "assigneeId", (SELECT v.hidden FROM activity v WHERE v.id = activity_id) AS hidden

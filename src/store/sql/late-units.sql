-- The units of activities ($1) that are late on $2 (YYYY-MM-DD), by code, up to $5 of them, from the $4 tasks of each activity that have
-- been due the longest: what it takes does not grow with the tasks. $3: of those whose work alone is late, or (false) whose
-- report is. `seen`: how many tasks were looked at in the activity with most.
WITH late AS (
  SELECT v AS activity_id, t.assignee_unit_id, t.due_on
  FROM unnest($1::text[]::uuid[]) v
  CROSS JOIN LATERAL (
    SELECT a.assignee_unit_id, a.due_on FROM assignment a
    WHERE a.activity_id = v AND a.reported_at IS NULL AND a.due_on < $2
      AND CASE WHEN $3::boolean THEN a.report_on >= $2 ELSE a.report_on IS NULL OR a.report_on < $2 END
    ORDER BY a.due_on LIMIT $4
  ) t
),
named AS (
  SELECT assignee_unit_id, min(due_on) AS due_on FROM late GROUP BY 1 ORDER BY 2 LIMIT $5
)
SELECT u.name, (SELECT max(n)::int FROM (SELECT count(*) AS n FROM late GROUP BY activity_id) c) AS seen
FROM named n JOIN unit u ON u.id = n.assignee_unit_id ORDER BY u.code

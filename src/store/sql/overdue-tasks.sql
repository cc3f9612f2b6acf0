-- The unreported tasks of a campaign ($1) that are past their due day on $2 (YYYY-MM-DD), up to $3 of them named, the
-- longest overdue first. `hidden`: those of hidden activities, which are for the coordinators of `unit` alone, up to $3 of the
-- `total` of each. `works`: those of them whose work is late, but whose report has a later day that is not over (MDJ-3.5).
-- `earliest`: the first due day of all unreported.
WITH open AS (
  SELECT a.number, a.due_on, a.report_on, a.finish_on IS NOT NULL AS finished, a.report_on >= $2 AS work,
    a.assignee_unit_id, a.target_unit_id, v.id AS activity_id, v.mode, v.hidden, v.coordinator_unit_id
  FROM assignment a JOIN activity v ON v.id = a.activity_id
  WHERE v.campaign_id = $1::uuid AND a.reported_at IS NULL
),
named AS (
  SELECT o.due_on, o.report_on, o.finished, o.number, o.mode, s.name AS assignee, t.name AS target
  FROM open o JOIN unit s ON s.id = o.assignee_unit_id JOIN unit t ON t.id = o.target_unit_id
  WHERE o.due_on < $2 AND NOT o.hidden
  ORDER BY o.due_on, o.number
  LIMIT $3
),
hidden AS (
  SELECT o.*, s.name AS assignee, t.name AS target
  FROM (
    SELECT *, count(*) OVER (PARTITION BY activity_id)::int AS total,
      (count(*) FILTER (WHERE work) OVER (PARTITION BY activity_id))::int AS works,
      row_number() OVER (PARTITION BY activity_id ORDER BY due_on, number) AS place
    FROM open WHERE due_on < $2 AND hidden
  ) o JOIN unit s ON s.id = o.assignee_unit_id JOIN unit t ON t.id = o.target_unit_id
  WHERE o.place <= $3
)
SELECT
  (SELECT min(due_on) FROM open) AS earliest,
  (SELECT count(*)::int FROM open WHERE due_on < $2 AND NOT hidden) AS count,
  (SELECT count(*)::int FROM open WHERE due_on < $2 AND work AND NOT hidden) AS works,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('dueOn', due_on, 'reportOn', report_on, 'finished', finished, 'mode', mode,
    'assignee', assignee, 'target', target)
    ORDER BY due_on, number), '[]') FROM named) AS tasks,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('dueOn', due_on, 'reportOn', report_on, 'finished', finished, 'mode', mode,
    'assignee', assignee, 'target', target, 'activity', activity_id, 'unit', coordinator_unit_id, 'total', total,
    'works', works) ORDER BY due_on, number), '[]') FROM hidden) AS hidden

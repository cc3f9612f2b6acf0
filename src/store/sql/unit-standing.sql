-- $1 campaign, $2 unit, $3 hidden activities the reader knows all of, $4 whether problems for coordinators count, $5 today (YYYY-MM-DD)
WITH RECURSIVE tree AS (
  SELECT id FROM unit WHERE id = $2::uuid AND campaign_id = $1::uuid
  UNION SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
),
known AS (
  SELECT id FROM activity WHERE campaign_id = $1::uuid AND (NOT hidden OR id = ANY ($3::text[]::uuid[]))
),
own AS (
  SELECT count(*)::int AS total, count(a.reported_at)::int AS done,
    (count(*) FILTER (WHERE a.reported_at IS NULL AND a.due_on < $5))::int AS late
  FROM tree JOIN assignment a ON a.assignee_unit_id = tree.id JOIN known ON known.id = a.activity_id
),
coming AS (
  SELECT count(*)::int AS total, count(a.reported_at)::int AS done
  FROM tree JOIN assignment a ON a.target_unit_id = tree.id JOIN known ON known.id = a.activity_id
),
problem AS (
  SELECT count(*)::int AS open, (count(*) FILTER (WHERE f.due_on < $5))::int AS late
  FROM tree JOIN finding f ON f.unit_id = tree.id LEFT JOIN assignment a ON a.id = f.assignment_id
  WHERE f.campaign_id = $1::uuid AND f.status = 'open' AND ($4::boolean OR f.seen_by = 'unit')
    AND (a.id IS NULL OR a.activity_id IN (SELECT id FROM known))
)
SELECT own.total, own.done, own.late, coming.total AS coming, coming.done AS came, problem.open, problem.late AS "openLate"
FROM own, coming, problem

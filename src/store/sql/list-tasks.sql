-- Tasks of a campaign ($1) that are not reported, one page, the longest due first, and how many there are in all.
-- $2: hidden activities of which the reader may know; $3: units that carry them out, null for all; $4: only those due before
-- this day (YYYY-MM-DD), null for all; $5, $6: limit and offset; $7: of activities that this unit or nobody coordinates,
-- null for all
WITH wanted AS (
  SELECT a.*, v.mode, v.hidden, s.name AS assignee, t.name AS target, t.code AS target_code, s.code AS assignee_code
  FROM assignment a JOIN activity v ON v.id = a.activity_id
  JOIN unit s ON s.id = a.assignee_unit_id JOIN unit t ON t.id = a.target_unit_id
  WHERE v.campaign_id = $1::uuid AND (NOT v.hidden OR v.id::text = ANY ($2::text[])) AND a.reported_at IS NULL
    AND ($3::text[] IS NULL OR a.assignee_unit_id = ANY ($3::text[]::uuid[]))
    AND ($4::text IS NULL OR a.due_on < $4)
    AND ($7::text[] IS NULL OR v.coordinator_unit_id IS NULL OR v.coordinator_unit_id = ANY ($7::text[]::uuid[]))
)
SELECT w.id::text, w.number, w.due_on AS "dueOn", w.report_on AS "reportOn", w.finish_on IS NOT NULL AS finished,
  w.acknowledged_at IS NOT NULL AS acknowledged, w.mode, w.assignee, w.target, w.assignee_unit_id::text AS "unitId",
  (SELECT count(DISTINCT m.contact_id)::int FROM membership m
   WHERE m.unit_id = w.assignee_unit_id AND m.role = 'inspector') AS people,
  (count(*) OVER ())::int AS total
FROM wanted w
-- The numbers of hidden tasks are by chance, and so would be their order.
ORDER BY w.due_on, w.hidden, CASE WHEN NOT w.hidden THEN w.number END, w.target_code, w.assignee_code
LIMIT $5 OFFSET $6

-- Gives tasks other days. Steps of reminding that were decided about under the old day may come again under the new one:
-- those, and their messages, are kept under a name of their own version.
-- $1: jsonb array of { id, dueOn, reportOn, remindAt }; $2: the version that stood until now
WITH given AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(id uuid, "dueOn" text, "reportOn" text, "remindAt" timestamptz)
),
moved AS (
  UPDATE assignment a SET
    due_on = CASE WHEN a.finish_on IS NULL OR g."reportOn" IS NULL THEN g."dueOn" ELSE g."reportOn" END,
    report_on = CASE WHEN a.finish_on IS NULL THEN g."reportOn" END,
    finish_on = CASE WHEN a.finish_on IS NOT NULL AND g."reportOn" IS NOT NULL THEN g."dueOn" END,
    remind_at = CASE WHEN a.reported_at IS NULL THEN g."remindAt" END
  FROM given g WHERE a.id = g.id
),
said AS (
  SELECT r.id, o.seq FROM given g
  JOIN reminder r ON r.assignment_id = g.id AND r.step LIKE 'before-%' AND r.step NOT LIKE '%@%'
  JOIN assignment a ON a.id = g.id
  LEFT JOIN membership m ON m.unit_id = a.assignee_unit_id AND m.role = 'inspector'
  LEFT JOIN outbox o ON o.key = 'remind:' || g.id || ':' || r.step || ':' || m.contact_id
),
steps AS (
  UPDATE reminder SET step = step || '@' || $2::int FROM (SELECT DISTINCT id FROM said) s WHERE reminder.id = s.id
)
UPDATE outbox SET key = key || '@' || $2::int FROM said WHERE outbox.seq = said.seq

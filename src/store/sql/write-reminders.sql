-- Keeps what was decided about reminders, and when to look again.
-- $1: jsonb { decisions: [{ assignmentId, step, decision, people, at }], next: [{ assignmentId, remindAt }] }
WITH decided AS (
  INSERT INTO reminder (assignment_id, step, decision, people, at)
  SELECT "assignmentId", step, decision, people, at
  FROM jsonb_to_recordset($1::jsonb -> 'decisions') AS g(
    "assignmentId" uuid, step text, decision text, people int, at timestamptz)
)
UPDATE assignment SET remind_at = g."remindAt"
FROM jsonb_to_recordset($1::jsonb -> 'next') AS g("assignmentId" uuid, "remindAt" timestamptz)
WHERE assignment.id = g."assignmentId"

-- Locks problems by the numbers people call them ($1: text array), in one order whoever asks. Everything that happens to a
-- problem happens under this lock; what is to be decided on is read afterwards (load-findings.sql), because a snapshot taken
-- before the lock would show what the previous holder has just changed.
-- $2: jsonb, the LedgerSight of src/store/ledger.ts, or null for all. What is beyond it is left out here, so that it neither
-- waits for a lock nor costs more to ask for than a number that does not exist.
SELECT f.id::text
FROM finding f, LATERAL (SELECT $2::jsonb AS sight) s
WHERE f.number = ANY ($1::text[]::int[])
  AND (sight IS NULL OR
    NOT EXISTS (SELECT FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = f.assignment_id AND v.hidden)
    AND CASE
      WHEN (sight -> 'everywhere')::boolean OR sight -> 'campaigns' ? f.campaign_id::text THEN true
      WHEN sight -> 'answersFor' ? f.unit_id::text THEN f.seen_by = 'unit'
      ELSE EXISTS (SELECT FROM assignment a WHERE a.id = f.assignment_id AND sight -> 'inspects' ? a.assignee_unit_id::text)
    END)
ORDER BY f.number FOR NO KEY UPDATE OF f

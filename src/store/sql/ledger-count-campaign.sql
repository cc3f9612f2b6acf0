-- How much stands on the pages of ledger-page-campaign.sql ($1, $2 as there, $3 as $5), by due day and stage: few rows, from which the
-- lamps are counted. From finding_ledger_campaign alone.
SELECT f.due_on AS "dueOn", f.stage, count(*)::int AS count
FROM finding f
WHERE f.campaign_id = $1::uuid AND f.status = 'open' AND ($2::boolean OR f.seen_by = 'unit')
  AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
    SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id WHERE v.hidden AND v.id <> ALL ($3::text[]::uuid[])))
GROUP BY f.due_on, f.stage

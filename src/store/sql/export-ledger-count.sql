-- How many problems export-ledger.sql gives, by the same parameters.
SELECT count(*)::int AS count
FROM finding f
WHERE f.campaign_id = $1::uuid AND f.status IN ('open', 'closed')
  AND ($2::text[] IS NULL OR f.unit_id = ANY ($2::text[]::uuid[])) AND ($3::boolean OR f.seen_by = 'unit')
  AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
    SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id WHERE v.hidden))

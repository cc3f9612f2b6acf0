-- Which of these ratings ($1: text array of ids) are negative and have no case yet.
SELECT r.id::text, r.campaign_id::text AS "campaignId", r.receipt IS NOT NULL AS receipt
FROM rating r
WHERE r.id = ANY ($1::text[]::uuid[]) AND r.level <= 2 AND r.source <> 'interview' AND NOT r.struck
  AND NOT EXISTS (SELECT FROM rating_case c WHERE c.rating_id = r.id)

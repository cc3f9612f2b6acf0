-- Who coordinates a campaign ($1), or all of them, for which units, and where each is written to (see inspectors.sql).
SELECT c.id::text AS "contactId", coalesce(c.address, (
  SELECT u.urn FROM urn u WHERE u.contact_id = c.id
  ORDER BY (u.urn LIKE 'slack:%' AND u.urn NOT LIKE '%/%'), u.created_at DESC, u.urn LIMIT 1)) AS address,
  array_remove(array_agg(m.unit_id::text), NULL) AS units
FROM membership m JOIN contact c ON c.id = m.contact_id
WHERE m.role = 'coordinator' AND (m.campaign_id = $1::uuid OR m.campaign_id IS NULL)
GROUP BY c.id
ORDER BY 1

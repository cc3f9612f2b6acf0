-- Who has one of these roles ($2: text array) for these units ($1: text array of ids), and where each is written to (see
-- inspectors.sql).
SELECT DISTINCT m.unit_id::text AS "unitId", m.role, c.id::text AS "contactId", coalesce(c.address, (
  SELECT u.urn FROM urn u WHERE u.contact_id = c.id
  ORDER BY (u.urn LIKE 'slack:%' AND u.urn NOT LIKE '%/%'), u.created_at DESC, u.urn LIMIT 1)) AS address
FROM membership m JOIN contact c ON c.id = m.contact_id
WHERE m.role = ANY ($2::text[]) AND m.unit_id = ANY ($1::text[]::uuid[])
ORDER BY 1, 2, 3

-- Who inspects for these units ($1: text array of unit ids), and where each is written to: the private chat they last wrote
-- in, else the newest of their addresses. A Slack id without its workspace comes last: it has no account of its own.
SELECT DISTINCT m.unit_id::text AS "unitId", c.id::text AS "contactId", coalesce(c.address, (
  SELECT u.urn FROM urn u WHERE u.contact_id = c.id
  ORDER BY (u.urn LIKE 'slack:%' AND u.urn NOT LIKE '%/%'), u.created_at DESC, u.urn LIMIT 1)) AS address
FROM membership m JOIN contact c ON c.id = m.contact_id
WHERE m.role = 'inspector' AND m.unit_id = ANY ($1::text[]::uuid[])
-- Who came as somebody's deputy has what they are entrusted with, and not the unit's task (MDJ-1.2).
  AND NOT EXISTS (SELECT FROM delegation d JOIN matter x ON x.id = d.matter_id
    WHERE d.to_contact = c.id AND d.from_contact <> c.id AND d.code IS NOT NULL AND x.unit_id = m.unit_id)
ORDER BY 1, 2

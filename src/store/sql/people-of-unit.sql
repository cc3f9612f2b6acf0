-- The inspectors and leaders bound to a unit ($1), each once, and where each is written to (see inspectors.sql).
SELECT c.id::text, c.title, bool_or(m.role = 'leader') AS leads,
  EXISTS (SELECT FROM delegation d JOIN matter x ON x.id = d.matter_id
    WHERE d.to_contact = c.id AND d.code IS NOT NULL AND x.unit_id = $1::uuid) AS "joinedAsDeputy",
  coalesce(c.address, (SELECT u.urn FROM urn u WHERE u.contact_id = c.id
    ORDER BY (u.urn LIKE 'slack:%' AND u.urn NOT LIKE '%/%'), u.created_at DESC, u.urn LIMIT 1)) AS address
FROM membership m JOIN contact c ON c.id = m.contact_id
WHERE m.role IN ('inspector', 'leader') AND m.unit_id = $1::uuid
GROUP BY c.id ORDER BY min(m.created_at), c.id

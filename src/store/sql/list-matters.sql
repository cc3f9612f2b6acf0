-- The matters of a unit ($2) in an activity ($1), with the standing delegation of each and its completed records.
SELECT m.id::text, m.number, m.name, m.flags, m.given, m.from_file AS "fromFile",
  CASE WHEN d.id IS NULL THEN NULL ELSE jsonb_build_object('id', d.id, 'from', d.from_contact, 'to', d.to_contact,
    'title', coalesce(c.title, to_jsonb(d.title))) END AS delegation,
  coalesce(w."byHead", 0) AS "byHead", coalesce(w."byDeputy", 0) AS "byDeputy"
FROM matter m
LEFT JOIN delegation d ON d.matter_id = m.id AND d.ended_at IS NULL
LEFT JOIN contact c ON c.id = d.to_contact
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE NOT walk.by_deputy)::int AS "byHead", count(*) FILTER (WHERE walk.by_deputy)::int AS "byDeputy"
  FROM walk JOIN session s ON s.id = walk.session_id AND s.status = 'completed' WHERE walk.matter_id = m.id
) w ON true
WHERE m.activity_id = $1::uuid AND m.unit_id = $2::uuid AND m.removed_at IS NULL
ORDER BY m.number

-- Takes back what an earlier draft of a campaign ($1) gave the console page: its rooms, and its personas' roles.
-- $2: jsonb array of { urn, role, unit } as that draft had them
WITH roles AS (
  DELETE FROM membership m
  USING jsonb_to_recordset($2::jsonb) AS g(urn text, role text, unit text), urn u
  WHERE u.urn = g.urn AND m.contact_id = u.contact_id AND m.campaign_id = $1::uuid AND m.role = g.role
    AND m.unit_id IS NOT DISTINCT FROM (SELECT n.id FROM unit n WHERE n.campaign_id = $1::uuid AND n.code = g.unit)
)
DELETE FROM room WHERE campaign_id = $1::uuid AND urn LIKE 'console:room/%'

-- Who somebody ($1: contact id) is to a campaign ($2): roles, and every unit they belong to with all those above it.
WITH RECURSIVE own AS (
  SELECT m.role, m.unit_id FROM membership m
  WHERE m.contact_id = $1::uuid AND (m.campaign_id = $2::uuid OR m.campaign_id IS NULL)
),
up AS (
  SELECT u.id, u.parent_id FROM unit u WHERE u.id IN (SELECT unit_id FROM own)
  UNION
  SELECT p.id, p.parent_id FROM up JOIN unit p ON p.id = up.parent_id
)
SELECT
  (SELECT bool_or(role = 'coordinator') FROM own) AS coordinates,
  ARRAY(SELECT DISTINCT unit_id::text FROM own WHERE role IN ('liaison', 'leader') AND unit_id IS NOT NULL) AS "answersFor",
  ARRAY(SELECT DISTINCT unit_id::text FROM own WHERE role = 'leader' AND unit_id IS NOT NULL) AS heads,
  -- A leader of no unit is of the leading group (src/roles.ts).
  (SELECT bool_or(role = 'leader' AND unit_id IS NULL) FROM own) AS "leadsWhole",
  ARRAY(SELECT id::text FROM up) AS "belongsTo",
  -- What somebody is called says one part of theirs: of several it may be another than the one they act in here.
  CASE WHEN (SELECT count(*) FROM membership WHERE contact_id = $1::uuid) < 2 THEN (
    SELECT title FROM contact WHERE id = $1::uuid) END AS title,
  (SELECT jsonb_build_object('role', o.role, 'unit', (SELECT name FROM unit WHERE id = o.unit_id)) FROM own o
   ORDER BY array_position(ARRAY['coordinator', 'leader', 'liaison', 'inspector'], o.role) LIMIT 1) AS part

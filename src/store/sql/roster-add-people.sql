-- Gives people of a roster their addresses, names and roles in a campaign ($1). $2: jsonb array of { contactId, isNew, title (null: as it
-- is), urns, roles: [{ role, unitId }] }; $3: now
WITH given AS (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS g(
    "contactId" uuid, "isNew" boolean, title text, urns jsonb, roles jsonb)
),
made AS (
  INSERT INTO contact (id, title, created_at) SELECT "contactId", to_jsonb(title), $3::timestamptz FROM given WHERE "isNew" RETURNING id
),
retitled AS (
  UPDATE contact SET title = to_jsonb(g.title) FROM given g
  WHERE contact.id = g."contactId" AND NOT g."isNew" AND g.title IS NOT NULL
),
urns AS (
  INSERT INTO urn (urn, contact_id, created_at)
  SELECT u.urn, g."contactId", $3::timestamptz FROM given g, jsonb_array_elements_text(g.urns) AS u(urn)
),
roles AS (
  INSERT INTO membership (contact_id, campaign_id, unit_id, role, created_at)
  SELECT g."contactId", $1::uuid, (r ->> 'unitId')::uuid, r ->> 'role', $3::timestamptz
  FROM given g, jsonb_array_elements(g.roles) AS r
  ON CONFLICT DO NOTHING
)
SELECT count(*)::int AS made FROM made

-- The console page's rooms and personas of a campaign ($1). A room or persona that an earlier campaign made is the last
-- one's from now on. $2: jsonb array of { urn, role, unitId, title, newContact }; $3: jsonb array of { urn, title, purpose }
WITH given AS (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS g(
    urn text, role text, "unitId" uuid, title jsonb, "newContact" uuid)
),
people AS (
  SELECT g.*, u.contact_id AS known, coalesce(u.contact_id, g."newContact") AS contact
  FROM given g LEFT JOIN urn u USING (urn)
),
made AS (
  INSERT INTO contact (id, title, address) SELECT contact, title, urn FROM people WHERE known IS NULL
),
retitled AS (
  UPDATE contact SET title = p.title FROM people p WHERE contact.id = p.known
),
urns AS (
  INSERT INTO urn (urn, contact_id) SELECT urn, contact FROM people WHERE known IS NULL
),
roles AS (
  INSERT INTO membership (contact_id, campaign_id, unit_id, role)
  SELECT contact, $1::uuid, "unitId", role FROM people WHERE role <> 'citizen'
  ON CONFLICT DO NOTHING
)
INSERT INTO room (urn, campaign_id, title, purpose)
SELECT urn, $1::uuid, title, purpose FROM jsonb_to_recordset($3::jsonb) AS g(urn text, title jsonb, purpose text)
ON CONFLICT (urn) DO UPDATE
  SET campaign_id = excluded.campaign_id, title = excluded.title, purpose = excluded.purpose

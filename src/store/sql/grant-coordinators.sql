-- Makes the people of these addresses coordinators of all campaigns. `fresh`: the roles made now; `kept`: those made by an
-- earlier start that stand. A Slack id without its workspace is everybody who wrote under it: ids of Slack users are
-- unique across workspaces. Someone who has not written yet is kept under the id alone; receive.sql knows them when they do.
-- $1: jsonb array of { urn, bare, newContact }; $2: text array, ids of memberships made by earlier starts
WITH given AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(urn text, bare text, "newContact" uuid)
),
known AS (
  SELECT g.urn, u.contact_id
  FROM given g
  JOIN urn u ON u.urn = g.urn OR (g.bare IS NOT NULL AND u.urn LIKE 'slack:%/%' AND split_part(u.urn, '/', 2) = g.bare)
),
made AS (
  INSERT INTO contact (id) SELECT "newContact" FROM given WHERE urn NOT IN (SELECT urn FROM known) RETURNING id
),
urns AS (
  INSERT INTO urn (urn, contact_id) SELECT urn, "newContact" FROM given WHERE urn NOT IN (SELECT urn FROM known)
),
people AS (
  SELECT contact_id FROM known UNION SELECT id FROM made
),
granted AS (
  INSERT INTO membership (contact_id, role) SELECT contact_id, 'coordinator' FROM people
  ON CONFLICT DO NOTHING RETURNING id
)
SELECT
  ARRAY(SELECT id::text FROM granted) AS fresh,
  ARRAY(
    SELECT m.id::text FROM membership m
    WHERE m.id = ANY ($2::text[]::uuid[]) AND m.contact_id IN (SELECT contact_id FROM people)
  ) AS kept

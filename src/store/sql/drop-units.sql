-- Removes the units that a draft campaign ($1) no longer has, with the roles and invitations that hung on them.
-- $2: text array of the codes that stay. One statement: the tree's foreign key is looked at when it ends.
WITH gone AS (
  SELECT id FROM unit WHERE campaign_id = $1::uuid AND code <> ALL ($2::text[])
),
roles AS (
  DELETE FROM membership WHERE unit_id IN (SELECT id FROM gone)
),
invites AS (
  DELETE FROM invite WHERE unit_id IN (SELECT id FROM gone)
)
DELETE FROM unit WHERE id IN (SELECT id FROM gone)

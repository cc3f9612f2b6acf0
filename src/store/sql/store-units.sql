-- Writes a draft campaign's units. Those that were there keep their ids, and with them their people and invitations.
-- $1: jsonb array of { id, code, name, kind, parentId, aliases }; $2: the campaign
INSERT INTO unit (id, campaign_id, code, name, kind, parent_id, aliases)
SELECT id, $2::uuid, code, name, kind, "parentId", ARRAY(SELECT jsonb_array_elements_text(aliases))
FROM jsonb_to_recordset($1::jsonb) AS g(
  id uuid, code text, name jsonb, kind text, "parentId" uuid, aliases jsonb)
ON CONFLICT (campaign_id, code) DO UPDATE
  SET name = excluded.name, kind = excluded.kind, parent_id = excluded.parent_id, aliases = excluded.aliases

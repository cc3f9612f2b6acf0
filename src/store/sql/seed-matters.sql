-- Matters that the file of a campaign ($2) knows, on the lists of the units that have a task of that activity.
-- $1: jsonb array of { activity, unit (their codes), name, sameAs, flags }, each name once a unit
INSERT INTO matter AS m (activity_id, unit_id, number, name, same_as, flags, given, from_file)
SELECT v.id, u.id, row_number() OVER (PARTITION BY v.id, u.id ORDER BY g.ordinality)
    + coalesce((SELECT max(number) FROM matter x WHERE x.activity_id = v.id AND x.unit_id = u.id), 0),
  g.name, g."sameAs", g.flags, g.flags, true
FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
  activity text, unit text, name jsonb, "sameAs" text, flags text[])) WITH ORDINALITY AS g
JOIN activity v ON v.campaign_id = $2::uuid AND v.code = g.activity
JOIN unit u ON u.campaign_id = $2::uuid AND u.code = g.unit
WHERE EXISTS (SELECT FROM assignment a WHERE a.activity_id = v.id AND a.assignee_unit_id = u.id)
ON CONFLICT (activity_id, unit_id, same_as) WHERE removed_at IS NULL DO UPDATE
  SET given = excluded.given, from_file = true,
    flags = ARRAY(SELECT DISTINCT unnest(m.flags || excluded.given) ORDER BY 1)

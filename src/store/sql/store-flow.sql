-- Keeps a questionnaire ($1 its id, $2 jsonb): under the newest version when that says the same, else under the next
-- one. Live sessions stay on theirs. The version inside the definition is set to the row's.
WITH latest AS (
  SELECT version, definition FROM flow WHERE id = $1 ORDER BY version DESC LIMIT 1
),
chosen AS (
  SELECT version, true AS known FROM latest WHERE definition - 'version' = $2::jsonb - 'version'
  UNION ALL
  SELECT coalesce((SELECT version + 1 FROM latest), 1), false
  ORDER BY known DESC LIMIT 1
),
stored AS (
  INSERT INTO flow (id, version, definition)
  SELECT $1, version, jsonb_set($2::jsonb, '{version}', to_jsonb(version)) FROM chosen WHERE NOT known
)
SELECT version FROM chosen

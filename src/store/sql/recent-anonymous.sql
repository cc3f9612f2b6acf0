-- Sessions of anonymous surveys that have ended since the last time this was asked, and those of the days around it: they are
-- only known by their day. Keeps $1, now, for the next time, in the same transaction.
WITH last AS (
  SELECT (value #>> '{}')::timestamptz AS at FROM setting WHERE key = 'anonymous-mixed'
),
noted AS (
  INSERT INTO setting (key, value) VALUES ('anonymous-mixed', to_jsonb($1::text))
  ON CONFLICT (key) DO UPDATE SET value = excluded.value
)
SELECT s.id::text
FROM session s JOIN flow f ON f.id = s.flow_id AND f.version = s.flow_version
WHERE (f.definition ->> 'anonymous')::boolean
  AND s.ended_at >= coalesce((SELECT at FROM last), '-infinity') - interval '2 days'

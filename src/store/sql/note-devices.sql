-- Counts ratings of devices in a part of a day, and tells how it stands with each, these included. The statement sees the rows
-- as they were before it, so what it counts itself is added; of ratings for one unit at once each knows those before it.
-- $1: day, $2: part of the day, $3: jsonb array of { token (hex), unitId }
WITH given AS MATERIALIZED (
  SELECT decode(g.token, 'hex') AS token, g."unitId" AS unit_id, g.ordinality,
    row_number() OVER (PARTITION BY g.token, g."unitId" ORDER BY g.ordinality DESC) - 1 AS later
  FROM ROWS FROM (jsonb_to_recordset($3::jsonb) AS (token text, "unitId" uuid)) WITH ORDINALITY AS g),
noted AS (
  INSERT INTO rating_trace AS t (day, token, unit_id, slot, n)
  SELECT $1::date, token, unit_id, $2, count(*) FROM given GROUP BY 2, 3 ORDER BY 2, 3
  ON CONFLICT (day, token, unit_id, slot) DO UPDATE SET n = t.n + excluded.n
  RETURNING token, unit_id, n),
traced AS MATERIALIZED (
  SELECT token, unit_id, n FROM noted
  UNION ALL
  -- Of this part of the day there is the newer count above.
  SELECT t.token, t.unit_id, t.n
  FROM (SELECT DISTINCT token FROM given) g
  -- OFFSET 0: device by device through the index. Joined otherwise, all rows of the day were read for a hundred devices.
  CROSS JOIN LATERAL (SELECT * FROM rating_trace WHERE day = $1::date AND token = g.token OFFSET 0) t
  WHERE NOT (t.slot = $2 AND EXISTS (SELECT FROM noted n WHERE n.token = t.token AND n.unit_id IS NOT DISTINCT FROM t.unit_id))),
unit AS MATERIALIZED (
  SELECT g.unit_id, g.n + coalesce(sum(t.n) FILTER (WHERE t.slot = $2), 0) AS slot,
    (sum(t.n) FILTER (WHERE t.slot <> $2))::float8 / count(t.n) FILTER (WHERE t.slot <> $2) AS usual
  FROM (SELECT unit_id, count(*) AS n FROM given WHERE unit_id IS NOT NULL GROUP BY 1) g
  LEFT JOIN LATERAL (
    SELECT * FROM rating_trace WHERE day = $1::date AND token = '' AND unit_id = g.unit_id OFFSET 0) t ON true
  GROUP BY g.unit_id, g.n)
SELECT (o.here - g.later)::int AS here, o.units::int, coalesce(u.slot, 0)::int AS "slotCount", u.usual::float8 AS "usualSlot"
FROM given g
CROSS JOIN LATERAL (
  SELECT coalesce(sum(t.n) FILTER (WHERE t.unit_id IS NOT DISTINCT FROM g.unit_id), 0) AS here,
    count(DISTINCT t.unit_id) AS units
  FROM traced t WHERE t.token = g.token) o
LEFT JOIN unit u ON u.unit_id = g.unit_id
ORDER BY g.ordinality

-- Every window under a unit ($1), itself included, with the codes on the way from it up to the top of the tree: the frame
-- of a draw, as one JSON value, because 100,000 rows one by one cost three times as much.
WITH RECURSIVE above AS (
  SELECT code, parent_id, 0 AS far FROM unit WHERE id = $1::uuid
  UNION ALL
  SELECT u.code, u.parent_id, above.far + 1 FROM above JOIN unit u ON u.id = above.parent_id
), under AS (
  SELECT u.id, u.code, u.name, u.kind, (SELECT array_agg(code ORDER BY far) FROM above) AS within
  FROM unit u WHERE u.id = $1::uuid
  UNION ALL
  SELECT u.id, u.code, u.name, u.kind, u.code || under.within FROM under JOIN unit u ON u.parent_id = under.id
)
SELECT coalesce(json_agg(json_build_object(
  'id', code, 'name', name, 'kind', coalesce(within[2], ''), 'within', within)), '[]') AS windows
FROM under WHERE kind = 'window'

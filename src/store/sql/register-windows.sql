-- Everything under a unit ($1), itself included, and the way from it up to the top of the tree: the register of a draw. Three
-- columns of lines and no rows, because 100,000 rows cost three times as much: codes, names (each the text of a JSON value,
-- which has no line ends), what kind of unit it is and the code of the one above.
WITH RECURSIVE above AS (
  SELECT code, parent_id, 0 AS far FROM unit WHERE id = $1::uuid
  UNION ALL
  SELECT u.code, u.parent_id, above.far + 1 FROM above JOIN unit u ON u.id = above.parent_id
), under AS (
  SELECT id, code, name, kind, ''::text AS parent FROM unit WHERE id = $1::uuid
  UNION ALL
  SELECT u.id, u.code, u.name, u.kind, under.code FROM under JOIN unit u ON u.parent_id = under.id
)
SELECT (SELECT array_agg(code ORDER BY far) FROM above) AS above,
  string_agg(code, E'\n') AS codes, string_agg(name::text, E'\n') AS names,
  string_agg(kind || ' ' || parent, E'\n') AS places
FROM under

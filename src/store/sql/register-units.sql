-- Everything in a campaign ($1), by the unit that it stands under (null: at the top), as lines: codes, kinds, and names, each
-- the text of a JSON value, which has no line ends. One pass over the campaign: following the tree down to 100,000 windows
-- looks each of them up once more, and a row a window costs three times as much as a line.
SELECT p.code AS parent, g.codes, g.kinds, g.names
FROM (
  SELECT parent_id, string_agg(code, E'\n') AS codes, string_agg(kind, E'\n') AS kinds,
    string_agg(name::text, E'\n') AS names
  FROM unit WHERE campaign_id = $1::uuid GROUP BY parent_id
) g LEFT JOIN unit p ON p.id = g.parent_id

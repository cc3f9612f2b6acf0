-- Units of a campaign ($1) by their ids ($2, text array) and all that they stand under, in the order of the campaign file; what
-- was added since stands behind, by code.
WITH RECURSIVE up AS (
  SELECT u.id, u.parent_id FROM unit u WHERE u.id = ANY ($2::text[]::uuid[]) AND u.campaign_id = $1::uuid
  UNION
  SELECT p.id, p.parent_id FROM up JOIN unit p ON p.id = up.parent_id
),
place AS (
  SELECT e.value ->> 'id' AS code, e.ordinality AS place
  FROM campaign c CROSS JOIN LATERAL jsonb_array_elements(c.definition -> 'units') WITH ORDINALITY e
  WHERE c.id = $1::uuid AND jsonb_typeof(c.definition -> 'units') = 'array'
)
SELECT u.id::text, u.name, u.parent_id::text AS parent
FROM up JOIN unit u ON u.id = up.id LEFT JOIN place r ON r.code = u.code
ORDER BY r.place NULLS LAST, length(u.code), u.code

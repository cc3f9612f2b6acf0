-- The units directly under one ($2), or under none when it is null, of a campaign ($1), in the order of the campaign file; what
-- was added since stands behind, by code.
SELECT u.id::text, u.name
FROM unit u
LEFT JOIN (
  SELECT e.value ->> 'id' AS code, e.ordinality AS place
  FROM campaign c CROSS JOIN LATERAL jsonb_array_elements(c.definition -> 'units') WITH ORDINALITY e
  WHERE c.id = $1::uuid AND jsonb_typeof(c.definition -> 'units') = 'array'
) r ON r.code = u.code
WHERE u.campaign_id = $1::uuid AND u.parent_id IS NOT DISTINCT FROM $2::uuid
ORDER BY r.place NULLS LAST, length(u.code), u.code

-- A unit ($1) and all that it stands under, with what routing asks of them.
WITH RECURSIVE way AS (
  SELECT u.id, u.code, u.kind, u.parent_id FROM unit u WHERE u.id = $1::uuid
  UNION ALL
  SELECT p.id, p.code, p.kind, p.parent_id FROM way w JOIN unit p ON p.id = w.parent_id
)
SELECT w.code AS id, w.kind, p.code AS parent FROM way w LEFT JOIN unit p ON p.id = w.parent_id

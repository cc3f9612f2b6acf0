-- The same for the cases that negative ratings opened since the day $1: what happened to them keeps its instants, that they were
-- opened has none.
WITH gone AS (
  DELETE FROM rating_case WHERE opened_on >= $1::date RETURNING *
),
anew AS (
  INSERT INTO rating_case SELECT * FROM gone ORDER BY random() RETURNING 1
)
SELECT 1 FROM anew

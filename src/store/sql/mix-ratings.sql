-- Writes the ratings since the day $1 anew, under the same ids and in random order, all in one transaction: rows lie on the disk
-- as they came, and carry the number of the transaction that wrote them (decision 9). The tally's triggers do the same for it.
WITH gone AS (
  -- By campaign, as the index has it.
  DELETE FROM rating USING campaign c WHERE rating.campaign_id = c.id AND rating.day >= $1::date RETURNING rating.*
),
-- The sort takes all of them before the first is put back.
anew AS (
  INSERT INTO rating SELECT * FROM gone ORDER BY random() RETURNING 1
)
SELECT 1 FROM anew

-- Removes what citizens answered before $1 (YYYY-MM-DD), of campaigns whose last due day (if any) was before it too: ratings, and
-- what was begun in a chat; where collection goes on, each rating has its own days. A case that a rating opened stays, as the unit's own work, and knows its rating no more; the tally follows by its triggers.
-- Gives as many rows as answers were removed.
WITH over AS (
  SELECT c.id FROM campaign c
  WHERE coalesce((SELECT max(a.due_on) FROM activity a WHERE a.campaign_id = c.id), '') < $1
),
gone AS (
  SELECT s.id FROM session s JOIN flow f ON f.id = s.flow_id AND f.version = s.flow_version
  WHERE s.campaign_id IN (SELECT id FROM over) AND (f.definition ->> 'anonymous')::boolean
    AND s.started_at < $1::date
),
answers AS (
  DELETE FROM answer WHERE session_id IN (SELECT id FROM gone)
),
unfinished AS (
  DELETE FROM session WHERE id IN (SELECT id FROM gone) RETURNING 1
),
ratings AS (
  DELETE FROM rating WHERE campaign_id IN (SELECT id FROM over) AND day < $1::date RETURNING id
),
cases AS (
  UPDATE rating_case SET rating_id = NULL WHERE rating_id IN (SELECT id FROM ratings)
)
SELECT 1 FROM unfinished UNION ALL SELECT 1 FROM ratings

-- Removes what citizens answered in anonymous surveys of campaigns whose last due day was before $1 (YYYY-MM-DD).
WITH over AS (
  SELECT c.id FROM campaign c
  WHERE (SELECT max(a.due_on) FROM activity a WHERE a.campaign_id = c.id) < $1
),
gone AS (
  SELECT s.id FROM session s JOIN flow f ON f.id = s.flow_id AND f.version = s.flow_version
  WHERE s.campaign_id IN (SELECT id FROM over) AND (f.definition ->> 'anonymous')::boolean
),
answers AS (
  DELETE FROM answer WHERE session_id IN (SELECT id FROM gone)
)
DELETE FROM session WHERE id IN (SELECT id FROM gone) RETURNING 1

-- Unit by unit (LATERAL), see results-unit.sql. What a response rate of a unit ($2) with all under it, or of the whole campaign ($1) when it is null, is reckoned from: codes
-- of single cases given out and used, openings of the page; and the second ratings in call-backs by their three levels.
WITH RECURSIVE tree AS (
  SELECT u.id FROM unit u WHERE u.id = $2::uuid AND u.campaign_id = $1::uuid
  UNION ALL
  SELECT c.id FROM tree t JOIN unit c ON c.parent_id = t.id
),
codes AS (
  SELECT k.used FROM tree CROSS JOIN LATERAL (
    SELECT * FROM survey_code k WHERE k.campaign_id = $1::uuid AND k.unit_id = tree.id OFFSET 0) k WHERE k.kind = 'case'
  UNION ALL
  SELECT k.used FROM survey_code k WHERE $2::uuid IS NULL AND k.campaign_id = $1::uuid AND k.kind = 'case'
),
visits AS (
  SELECT w.opened FROM tree CROSS JOIN LATERAL (
    SELECT * FROM survey_visit w WHERE w.campaign_id = $1::uuid AND w.unit_id = tree.id OFFSET 0) w
  UNION ALL
  SELECT w.opened FROM survey_visit w WHERE $2::uuid IS NULL AND w.campaign_id = $1::uuid
),
fixes AS (
  SELECT c.record FROM tree CROSS JOIN LATERAL (
    SELECT * FROM rating_case c WHERE c.unit_id = tree.id AND c.campaign_id = $1::uuid OFFSET 0) c
  UNION ALL
  SELECT c.record FROM rating_case c WHERE $2::uuid IS NULL AND c.campaign_id = $1::uuid
),
-- Whoever took their rating back (PIPL art. 47) has taken the second one back as well.
again AS (
  SELECT record ->> 'again' AS again FROM fixes WHERE coalesce(record ->> 'ended', '') <> 'withdrawn'
)
SELECT k.issued, k.used, w.opened, f.bad, f.fair, f.good
FROM (SELECT count(*)::int AS issued, (count(*) FILTER (WHERE used))::int AS used FROM codes) k,
  (SELECT coalesce(sum(opened), 0)::int AS opened FROM visits) w,
  (SELECT (count(*) FILTER (WHERE again = '1'))::int AS bad, (count(*) FILTER (WHERE again = '2'))::int AS fair,
    (count(*) FILTER (WHERE again = '3'))::int AS good FROM again) f

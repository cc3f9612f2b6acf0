-- What other published campaigns inspect while this one ($1) does, by activity: units are the same when they have a name in
-- common. Hidden activities, theirs and ours, are left out: a warning would give them away (JX-4.4). So is what a unit does at
-- its own windows. This campaign's targets are those given out, and for a draft $2: jsonb array of { from, to, units (codes) }.
WITH own AS (
  SELECT p."from", p."to", t.id, t.name
  FROM jsonb_to_recordset($2::jsonb) AS p("from" text, "to" text, units text[])
  CROSS JOIN LATERAL unnest(p.units) AS u(wanted)
  JOIN unit t ON t.campaign_id = $1::uuid AND t.code = u.wanted
),
own_names AS (
  SELECT DISTINCT own."from", own."to", own.id, own.name,
    lower(replace(coalesce(own.name ->> 'zh-CN', own.name #>> '{}'), ' ', '')) AS word
  FROM own
),
others AS (
  SELECT DISTINCT c.title AS campaign, v.id AS activity_id, v.title AS activity, c.start_on AS "from", a.due_on AS "to",
    lower(replace(coalesce(t.name ->> 'zh-CN', t.name #>> '{}'), ' ', '')) AS word
  FROM campaign c
  JOIN activity v ON v.campaign_id = c.id AND NOT v.hidden
  JOIN assignment a ON a.activity_id = v.id AND a.reported_at IS NULL AND a.target_unit_id <> a.assignee_unit_id
  JOIN unit t ON t.id = a.target_unit_id
  WHERE c.status = 'published' AND c.id <> $1::uuid
)
SELECT o.campaign, o.activity, max(greatest(o."from", n."from")) AS "from", min(least(o."to", n."to")) AS "to",
  (array_agg(DISTINCT n.name))[1:6] AS units, count(DISTINCT n.id)::int AS count
FROM others o JOIN own_names n ON n.word = o.word AND o."from" <= n."to" AND n."from" <= o."to"
GROUP BY o.activity_id, o.campaign, o.activity
ORDER BY count(DISTINCT n.id) DESC, o.activity_id
LIMIT 20

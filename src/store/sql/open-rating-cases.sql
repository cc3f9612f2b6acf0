-- Opens a case for each of these negative ratings, which have none, and gives the ids of those ratings. One whose number is taken
-- is left out: the caller draws another one.
-- $1: jsonb array of { ratingId, number, record, wakeAt }
INSERT INTO rating_case (number, campaign_id, unit_id, rating_id, opened_on, record, stage, due_on, wake_at)
SELECT g.number, r.campaign_id, r.unit_id, r.id, (g.record ->> 'since')::date, g.record, g.record ->> 'stage',
  g.record ->> 'dueOn', g."wakeAt"
FROM jsonb_to_recordset($1::jsonb) AS g("ratingId" uuid, number int, record jsonb, "wakeAt" timestamptz)
JOIN rating r ON r.id = g."ratingId"
ORDER BY random()
ON CONFLICT DO NOTHING
RETURNING rating_id::text AS id

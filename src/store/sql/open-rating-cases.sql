-- Opens a case for each of these negative ratings, in random order: rows lie on the disk as they came. One that has a case
-- already, and one whose number is taken, is left out: the caller draws another number for the latter. What an inspector was
-- told on the spot is the inspector's finding and opens none; so nothing of a hidden inspection is told (JX-4.4).
-- $1: jsonb array of { ratingId, number, record, wakeAt }
INSERT INTO rating_case (number, campaign_id, unit_id, rating_id, opened_on, record, stage, due_on, wake_at)
SELECT g.number, r.campaign_id, r.unit_id, r.id, (g.record ->> 'since')::date, g.record, g.record ->> 'stage',
  g.record ->> 'dueOn', g."wakeAt"
FROM jsonb_to_recordset($1::jsonb) AS g("ratingId" uuid, number int, record jsonb, "wakeAt" timestamptz)
JOIN rating r ON r.id = g."ratingId" AND r.level <= 2 AND r.source <> 'interview' AND NOT r.struck
ORDER BY random()
ON CONFLICT DO NOTHING

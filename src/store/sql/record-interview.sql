-- A citizen who was asked at a window, as one completed run of the survey ($2, $3: flow and version) of a campaign ($1), told
-- apart by its source. As after forget-anonymous.sql: nobody's, known by its day ($7: now) and by the task ($4) alone, its
-- answers' ids by chance below zero. $5: the state; $6: jsonb object of the values by question.
WITH day AS (
  SELECT date_trunc('day', $7::timestamptz, zone) AS at FROM campaign WHERE id = $1::uuid
),
asked AS (
  INSERT INTO session (id, campaign_id, flow_id, flow_version, status, state, active_at, started_at, ended_at, source, interview_for)
  SELECT gen_random_uuid(), $1::uuid, $2, $3, 'completed', $5::jsonb, at, at, at, 'interview', $4::uuid FROM day
  RETURNING id, ended_at
)
INSERT INTO answer (id, session_id, question, value, answered_at)
SELECT -1 - ('x' || right(gen_random_uuid()::text, 12))::bit(48)::bigint * 16384 - floor(random() * 16384)::bigint,
  a.id, v.key, v.value, a.ended_at
FROM asked a CROSS JOIN jsonb_each($6::jsonb) AS v

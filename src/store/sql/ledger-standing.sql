-- How the problems stand that answers have opened: $1, $2: text arrays, the answers' sessions and questions.
SELECT f.id::text, f.session_id::text AS "sessionId", f.question, f.number, f.campaign_id::text AS "campaignId", f.status,
  (SELECT v.id::text FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = f.assignment_id AND v.hidden)
    AS secret
FROM unnest($1::text[]::uuid[], $2::text[]) AS g(session_id, question)
JOIN finding f ON f.session_id = g.session_id AND f.question = g.question

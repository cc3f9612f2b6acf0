-- One conversation of the console page: what was said in it and what was answered, as this persona ($1) may see it,
-- after a point ($3, null for the latest), at most $4. $2: the room, or null for the private chat.
-- Its time is when it was due, which no longer changes once it is shown: redrawn, it would take a button from under a finger.
-- A message whose question was answered comes again, as it was redrawn, under the number of the message that settled it.
WITH place AS (SELECT coalesce($2, $1) AS address),
entries AS (
  SELECT i.seq AS position, i.seq AS cursor, i.urn AS author, i.received_at AS at, i.body, NULL::jsonb AS say,
    NULL::text AS mention, NULL::text AS "only", false AS settled, i.external_id, NULL::bigint AS out
  FROM inbox i, place
  WHERE i.channel = 'console' AND coalesce(i.room, i.urn) = place.address
  UNION ALL
  SELECT o.shown, greatest(o.shown, s.shown), NULL, greatest(o.created_at, o.due_at), NULL, coalesce(s.say, o.say),
    o.mention, o."only", s.shown IS NOT NULL, NULL, o.seq
  FROM place, outbox o
  LEFT JOIN LATERAL (
    SELECT q.shown, e.say FROM outbox q, jsonb_to_recordset(q.settles) AS e(question text, say jsonb)
    WHERE q.session_id = o.session_id AND q.shown > o.shown AND e.question = o.question
    ORDER BY q.shown DESC LIMIT 1) s ON true
  WHERE o.channel = 'console' AND o.address = place.address AND (o.say -> 'lines' <> '[]' OR o.say ? 'forgotten') AND o.status IN ('sending', 'sent')
    AND (o."only" IS NULL OR o."only" = $1)
)
SELECT jsonb_build_object('position', position, 'cursor', cursor, 'author', author, 'at', at, 'body', body, 'say', say,
  'mention', mention, 'only', "only" IS NOT NULL, 'settled', settled, 'externalId', external_id,
  'files', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', coalesce(a.name, ''), 'mime', a.mime, 'size', a.size)), '[]')
    FROM attachment a
    WHERE a.status = 'stored' AND (
      (body ? 'files' AND a.message_seq = entries.position)
      OR (say ? 'attachments' AND a.id IN (SELECT value::uuid FROM jsonb_array_elements_text(say -> 'attachments')))))
) AS entry
FROM entries
WHERE $3::numeric IS NULL OR cursor > $3::numeric
ORDER BY CASE WHEN $3::numeric IS NULL THEN -cursor ELSE cursor END
-- A message and the redrawing that went with it have one number.
FETCH FIRST $4 ROWS WITH TIES

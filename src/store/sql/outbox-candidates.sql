-- The next message of each address of one channel ($2), with what is needed to say and to carry it.
-- Order within an address is by priority, then as written; nothing overtakes a message that is on its way or waits to
-- be tried again. $1: now of the campaigns, $3: now of the machine (budgets and leases also run in a rehearsal).
SELECT jsonb_build_object(
  'seq', o.seq, 'channel', o.channel, 'address', o.address, 'only', o."only", 'mention', o.mention,
  'contactId', o.contact_id, 'priority', o.priority, 'kind', o.kind, 'say', o.say, 'attempts', o.attempts,
  'language', coalesce(c.language, r.language), 'tat', l.tat,
  'asked', CASE WHEN o.kind = 'settle' THEN ARRAY(
    SELECT q.external_id FROM outbox q
    WHERE q.session_id = o.session_id AND q.question = o.question AND q.kind = 'post' AND q.status = 'sent'
      AND q.channel = o.channel AND q.seq < o.seq
    ORDER BY q.seq DESC LIMIT 5) ELSE '{}' END
) AS message
FROM (
  SELECT DISTINCT ON (w.address) w.*
  FROM outbox w
  WHERE w.status = 'waiting' AND w.channel = $2 AND w.due_at <= $1::timestamptz
  ORDER BY w.address, w.priority, w.seq
) o
LEFT JOIN contact c ON c.id = o.contact_id
LEFT JOIN room r ON r.urn = o.address
LEFT JOIN lane l ON l.lane = o.address
WHERE (o.lease_until IS NULL OR o.lease_until <= $3::timestamptz)
  AND NOT EXISTS (SELECT FROM outbox s WHERE s.address = o.address AND s.status = 'sending')
ORDER BY o.priority, o.seq
LIMIT $4

-- The next message of each address of one channel ($2), with what is needed to say and to carry it, at most $4.
-- Order within an address is by priority, then as written; nothing overtakes a message that is on its way or waits to
-- be tried again. Secret messages to somebody stand in a queue of their own: if they held the others up, the order in which
-- all messages go out would tell of them. $1: now of the campaigns, $3: now of the machine (budgets and leases also run in a rehearsal).
-- Walks outbox_waiting in its order and stops at the limit; whether a message is the first of its address is asked of
-- outbox_order for each. Everything is looked up row by row (OFFSET 0 keeps the planner from joining), so that no plan
-- reads a whole table, however small the tables were when it was made.
SELECT o.seq::text, o.channel, o.address, o."only", o.mention, o.contact_id::text AS "contactId", o.priority, o.say,
  o.attempts, o.forget, o.secret::text, to_json(o.failing_since) AS "failingSince", o.quiet,
  coalesce(
    (SELECT c.language FROM contact c WHERE c.id = o.contact_id),
    (SELECT r.language FROM room r WHERE r.urn = o.address)) AS language,
  (SELECT to_json(l.spent) FROM lane l WHERE l.lane = o.address) AS spent,
  (SELECT json_agg(json_build_object('say', s.say, 'asked', ARRAY(
     SELECT q.external_id FROM outbox q
     WHERE q.session_id = o.session_id AND q.question = s.question AND q.status = 'sent'
       AND q.channel = o.channel AND q.seq < o.seq
     ORDER BY q.seq DESC LIMIT 5)))
   FROM jsonb_to_recordset(o.settles) AS s(question text, say jsonb)) AS settles
FROM outbox o
WHERE o.status = 'waiting' AND o.channel = $2 AND o.due_at <= $1::timestamptz
  AND (o.lease_until IS NULL OR o.lease_until <= $3::timestamptz)
  AND NOT EXISTS (
    SELECT FROM outbox e
    WHERE e.address = o.address AND e.status = 'waiting' AND (e.priority, e.seq) < (o.priority, o.seq)
      AND (e.secret IS NULL) = (o.secret IS NULL)
      AND e.due_at <= $1::timestamptz OFFSET 0)
  AND NOT EXISTS (
    SELECT FROM outbox e
    WHERE e.address = o.address AND e.status = 'sending' AND (e.secret IS NULL) = (o.secret IS NULL) OFFSET 0)
ORDER BY o.priority, o.seq
LIMIT $4

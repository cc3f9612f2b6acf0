-- Keeps a case as it is now, and what lists show of it. Of a rating that is taken back neither the way to it nor a contact stays.
-- $1: jsonb { id, record, wakeAt }
UPDATE rating_case c SET record = g.record, stage = g.record ->> 'stage', due_on = g.record ->> 'dueOn', wake_at = g."wakeAt",
  closed_on = CASE WHEN g.record ->> 'stage' = 'closed' THEN coalesce(c.closed_on, (g.record ->> 'since')::date) END,
  rating_id = CASE WHEN g.record ->> 'ended' = 'withdrawn' THEN NULL ELSE c.rating_id END,
  contact = CASE WHEN g.record ->> 'ended' = 'withdrawn' THEN NULL ELSE c.contact END
FROM jsonb_to_record($1::jsonb) AS g(id uuid, record jsonb, "wakeAt" timestamptz)
WHERE c.id = g.id

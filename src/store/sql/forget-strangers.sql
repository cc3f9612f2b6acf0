-- Removes people of whom nothing is known any more: no role, no conversation, no message. Somebody who only ever rated would
-- otherwise stand there with the instant of their first message, and nothing else could explain it. Who writes again is
-- a new stranger. Personas of the console page have a title and stay.
WITH gone AS (
  SELECT c.id FROM contact c
  WHERE c.title IS NULL
    AND NOT EXISTS (SELECT FROM membership m WHERE m.contact_id = c.id)
    AND NOT EXISTS (SELECT FROM session s WHERE s.contact_id = c.id)
    AND NOT EXISTS (SELECT FROM urn u JOIN inbox i ON i.urn = u.urn WHERE u.contact_id = c.id)
    AND NOT EXISTS (SELECT FROM outbox o WHERE o.contact_id = c.id)
    AND NOT EXISTS (SELECT FROM wrong_code w WHERE w.contact_id = c.id)
    AND NOT EXISTS (SELECT FROM invite i WHERE i.created_by = c.id)
    AND NOT EXISTS (SELECT FROM finding f WHERE f.reported_by = c.id)
    AND NOT EXISTS (SELECT FROM assignment a WHERE a.reported_by = c.id)
    AND NOT EXISTS (SELECT FROM case_time t WHERE t.contact_id = c.id)
),
urns AS (
  DELETE FROM urn WHERE contact_id IN (SELECT id FROM gone)
)
DELETE FROM contact WHERE id IN (SELECT id FROM gone) RETURNING 1

-- Stores a batch of inbound messages; a message stored before is left as it was. New addresses get a contact.
-- $1: jsonb array of { externalId, channel, urn, room, body, sentAt, receivedAt, status, newContact }
-- One statement for the whole batch: a commit costs more than the rows (see docs/decisions/0004-batched-turns.md).
WITH given AS (
  SELECT * FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
    "externalId" text, channel text, urn text, room text, body jsonb,
    "sentAt" timestamptz, "receivedAt" timestamptz, status text, "newContact" uuid)) WITH ORDINALITY
),
fresh AS (
  SELECT DISTINCT ON (urn) urn, "newContact",
    -- DUBAN_COORDINATORS may name a Slack user without the workspace (slack:U1): slack:T1/U1 is that person. Looked up
    -- for addresses never seen before only, so that it costs the other messages nothing.
    CASE WHEN urn LIKE 'slack:%/%' THEN (
      SELECT b.contact_id FROM urn b WHERE b.urn = 'slack:' || split_part(given.urn, '/', 2)) END AS known
  FROM given WHERE NOT EXISTS (SELECT FROM urn u WHERE u.urn = given.urn OFFSET 0)
),
urns AS (
  INSERT INTO urn (urn, contact_id) SELECT urn, coalesce(known, "newContact") FROM fresh
  ON CONFLICT DO NOTHING RETURNING contact_id
),
contacts AS (
  INSERT INTO contact (id) SELECT contact_id FROM urns WHERE contact_id IN (SELECT "newContact" FROM fresh)
)
INSERT INTO inbox (external_id, channel, urn, room, body, sent_at, received_at, status)
SELECT "externalId", channel, urn, room, body, "sentAt", "receivedAt", status FROM given
-- Each person's in the order sent, else in the order given; people in one order whoever stores them, so that two processes
-- that were delivered the same messages do not wait for one another.
ORDER BY "sentAt", urn, ordinality
ON CONFLICT (external_id) DO NOTHING
RETURNING external_id AS "externalId", seq::text

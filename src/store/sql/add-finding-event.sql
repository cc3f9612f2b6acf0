-- One more step of a problem's history. Its row is locked by the caller; should it not be, the key refuses the second.
-- $1: jsonb { findingId, at, by, who, kind, data }
INSERT INTO finding_event (finding_id, seq, at, by_contact, who, kind, data)
SELECT "findingId", coalesce((SELECT max(e.seq) FROM finding_event e WHERE e.finding_id = g."findingId"), 0) + 1,
  at, by, who, kind, data
FROM jsonb_to_record($1::jsonb) AS g("findingId" uuid, at timestamptz, by uuid, who jsonb, kind text, data jsonb)

-- Keeps a rectification and what the ledger's pages show of it on its problem.
-- $1: jsonb { findingId, campaignId, unitId, state, record, sessionId, wakeAt, status, dueOn, at }
WITH given AS (
  SELECT * FROM jsonb_to_record($1::jsonb) AS g(
    "findingId" uuid, "campaignId" uuid, "unitId" uuid, state text, record jsonb, "sessionId" uuid,
    "wakeAt" timestamptz, status text, "dueOn" text, at timestamptz)
),
shown AS (
  UPDATE finding SET stage = g.state, due_on = g."dueOn", status = g.status, unit_id = g."unitId",
    withdrawn_at = CASE WHEN g.status = 'withdrawn' THEN g.at END
  FROM given g WHERE finding.id = g."findingId"
)
INSERT INTO rectification (finding_id, campaign_id, unit_id, state, record, session_id, wake_at)
SELECT "findingId", "campaignId", "unitId", state, record, "sessionId", "wakeAt" FROM given
ON CONFLICT (finding_id) DO UPDATE
  SET unit_id = excluded.unit_id, state = excluded.state, record = excluded.record, session_id = excluded.session_id,
    wake_at = excluded.wake_at

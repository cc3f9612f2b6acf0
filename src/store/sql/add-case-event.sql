-- One more step that staff or time took in a case. Its row is locked by the caller; should it not be, the key refuses the second.
-- $1: jsonb { caseId, at, by, who, kind, data }
INSERT INTO rating_case_event (case_id, seq, at, by_contact, who, kind, data)
SELECT "caseId", coalesce((SELECT max(e.seq) FROM rating_case_event e WHERE e.case_id = g."caseId"), 0) + 1,
  at, by, who, kind, data
FROM jsonb_to_record($1::jsonb) AS g("caseId" uuid, at timestamptz, by uuid, who jsonb, kind text, data jsonb)

-- Writes what a batch of turns decided, in one round trip: the rows of 200 turns cost little more than those of one.
-- $1: jsonb, the Writes of src/store/writes.ts; text arrays $2: seqs handled, $3: ids of the sessions moved. The arrays
-- make the planner use the primary keys: joined to the document alone, a plan made while the tables were small read all
-- of them ever after.
WITH handled AS (
  UPDATE inbox SET status = 'done', retry_at = NULL, fault = NULL,
    -- What a citizen said in an anonymous survey stands in the answers only.
    body = CASE WHEN g.forget THEN jsonb_build_object('kind', body -> 'kind', 'forgotten', true) ELSE body END
  FROM jsonb_to_recordset($1::jsonb -> 'handled') AS g(seq bigint, forget boolean)
  WHERE inbox.seq = g.seq AND inbox.seq = ANY ($2::text[]::bigint[])
),
begun AS (
  INSERT INTO session (id, contact_id, room, campaign_id, assignment_id, flow_id, flow_version, part, survey_code, status, state, address,
    active_at, wake_at, started_at, ended_at)
  SELECT id, "contactId", room, "campaignId", "assignmentId", "flowId", "flowVersion", coalesce(part, 'visit'), "surveyCode", status, state, address,
    at, "wakeAt", at, "endedAt"
  FROM jsonb_to_recordset($1::jsonb -> 'begun') AS g(
    id uuid, "contactId" uuid, room text, "campaignId" uuid, "assignmentId" uuid, "flowId" text, "flowVersion" int,
    part text, "surveyCode" text, status text, state jsonb, address text, at timestamptz, "wakeAt" timestamptz,
    "endedAt" timestamptz)
),
moved AS (
  UPDATE session SET status = g.status, state = g.state, address = g.address, active_at = g.at, ended_at = g."endedAt",
    -- A wake-up that is too early costs one look at the session (wake.ts puts it right); moving it on every answer would
    -- cost five index entries each time. So it is only ever moved forward.
    wake_at = CASE WHEN session.wake_at < g."wakeAt" THEN session.wake_at ELSE g."wakeAt" END
  FROM jsonb_to_recordset($1::jsonb -> 'moved') AS g(
    id uuid, status text, state jsonb, address text, at timestamptz, "wakeAt" timestamptz, "endedAt" timestamptz)
  WHERE session.id = g.id AND session.id = ANY ($3::text[]::uuid[])
),
answered AS (
  INSERT INTO answer (session_id, question, value, said, answered_at)
  SELECT "sessionId", question, value, said, at
  FROM jsonb_to_recordset($1::jsonb -> 'answers') AS g(
    "sessionId" uuid, question text, value jsonb, said text, at timestamptz)
),
opened AS (
  INSERT INTO finding (campaign_id, assignment_id, unit_id, session_id, question, problem, value, reported_by,
    attachments, place, opened_at, source)
  SELECT "campaignId", "assignmentId",
    -- What is found while a claimed matter is accompanied is the unit's where that is (commands/claim.ts).
    coalesce((SELECT c.unit_id FROM claim c WHERE c.session_id = "sessionId"), "unitId"), "sessionId", question, problem, value, "reportedBy",
    ARRAY(SELECT jsonb_array_elements_text(attachments)::uuid), place, at,
    -- What a unit finds with itself: 自查, 体验式, 走流程.
    CASE WHEN EXISTS (SELECT FROM assignment a WHERE a.id = "assignmentId" AND a.target_unit_id = a.assignee_unit_id)
      THEN 'selfcheck' ELSE 'inspection' END
  FROM jsonb_to_recordset($1::jsonb -> 'findings') AS g(
    "campaignId" uuid, "assignmentId" uuid, "unitId" uuid, "sessionId" uuid, question text, problem jsonb, value jsonb,
    "reportedBy" uuid, attachments jsonb, place text, at timestamptz)
  ON CONFLICT (session_id, question) DO UPDATE
    -- What was closed, merged or split since stays so; an order under way is about what the answer says now.
    SET status = CASE finding.status WHEN 'withdrawn' THEN 'open' ELSE finding.status END, withdrawn_at = NULL,
      -- An order that was called off stays so: what is found again is to be ordered anew.
      stage = CASE WHEN finding.status = 'withdrawn' AND finding.stage = 'revoked' THEN NULL ELSE finding.stage END,
      value = excluded.value, problem = excluded.problem, attachments = excluded.attachments
),
withdrawn AS (
  -- What was merged stays so while the problem stands under which it goes on (conversation/stand-again.ts).
  UPDATE finding SET status = CASE finding.status WHEN 'open' THEN 'withdrawn' ELSE finding.status END, withdrawn_at = g.at
  FROM jsonb_to_recordset($1::jsonb -> 'withdrawn') AS g("sessionId" uuid, question text, at timestamptz)
  WHERE finding.session_id = g."sessionId" AND finding.question = g.question
    AND finding.status IN ('open', 'merged')
),
shown AS (
  UPDATE finding SET attachments = ARRAY(SELECT jsonb_array_elements_text(g.attachments)::uuid)
  FROM jsonb_to_recordset($1::jsonb -> 'evidence') AS g("sessionId" uuid, question text, attachments jsonb)
  WHERE finding.session_id = g."sessionId" AND finding.question = g.question AND finding.status = 'open'
),
known AS (
  UPDATE contact SET address = coalesce(g.address, contact.address), language = coalesce(g.language, contact.language)
  FROM jsonb_to_recordset($1::jsonb -> 'contacts') AS g(id uuid, address text, language text)
  WHERE contact.id = g.id
)
INSERT INTO outbox (key, channel, address, "only", mention, contact_id, priority, say, settles, session_id, question,
  created_at, due_at, quiet, forget, secret)
SELECT key, channel, address, "only", mention, "contactId", priority, say, settles, "sessionId", question, at, "dueAt", quiet,
  coalesce(forget, false), secret
FROM ROWS FROM (jsonb_to_recordset($1::jsonb -> 'outbox') AS (
  key text, channel text, address text, "only" text, mention text, "contactId" uuid, priority smallint,
  say jsonb, settles jsonb, "sessionId" uuid, question text, at timestamptz, "dueAt" timestamptz, quiet jsonb, forget boolean,
  secret uuid)) WITH ORDINALITY AS g
ORDER BY ordinality
ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING

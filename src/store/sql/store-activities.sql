-- Replaces a campaign's activities. Nothing hangs on them before publication; afterwards one with tasks stays.
-- $1: jsonb array of { code, mode, title, dueOn, visitsMin, visitsMax, secret, flowId, flowVersion, coordinator,
-- rules (the activity as loaded), reportFlowId, reportFlowVersion }; $2: the campaign
WITH given AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(
    code text, mode text, title jsonb, "dueOn" text, "visitsMin" int, "visitsMax" int, secret boolean, "flowId" text,
    "flowVersion" int, coordinator text, rules jsonb, "reportFlowId" text, "reportFlowVersion" int)
),
gone AS (
  DELETE FROM activity WHERE campaign_id = $2::uuid AND code NOT IN (SELECT code FROM given)
    AND NOT EXISTS (SELECT FROM assignment a WHERE a.activity_id = activity.id)
)
INSERT INTO activity (campaign_id, code, mode, title, due_on, visits_min, visits_max, secret, flow_id, flow_version,
  coordinator_unit_id, rules, report_flow_id, report_flow_version)
SELECT $2::uuid, code, mode, title, "dueOn", "visitsMin", "visitsMax", secret, "flowId", "flowVersion",
  (SELECT u.id FROM unit u WHERE u.campaign_id = $2::uuid AND u.code = coordinator),
  rules, "reportFlowId", "reportFlowVersion"
FROM given
ON CONFLICT (campaign_id, code) DO UPDATE
  SET mode = excluded.mode, title = excluded.title, due_on = excluded.due_on, visits_min = excluded.visits_min,
    visits_max = excluded.visits_max, secret = excluded.secret, flow_id = excluded.flow_id,
    flow_version = excluded.flow_version, coordinator_unit_id = excluded.coordinator_unit_id,
    rules = excluded.rules, report_flow_id = excluded.report_flow_id, report_flow_version = excluded.report_flow_version

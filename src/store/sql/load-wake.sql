-- The silent sessions of locked people ($1: text array of contact ids) that are due by $2, read after the lock.
-- `urn`: who is spoken to in a room, an address of the same account before one of the same channel before any other.
SELECT
  jsonb_build_object(
    'id', s.id, 'campaignId', s.campaign_id, 'assignmentId', s.assignment_id, 'flowId', s.flow_id,
    'flowVersion', s.flow_version, 'part', s.part, 'state', s.state, 'room', s.room, 'address', s.address,
    'unitId', (SELECT a.target_unit_id FROM assignment a WHERE a.id = s.assignment_id),
    'secret', (
      SELECT v.id FROM assignment a JOIN activity v ON v.id = a.activity_id
      WHERE a.id = s.assignment_id AND v.hidden)) AS session,
  jsonb_build_object('id', c.id, 'language', c.language, 'address', c.address, 'title', c.title) AS person,
  s.address, (SELECT k.paused_at IS NOT NULL FROM campaign k WHERE k.id = s.campaign_id) AS paused,
  (SELECT u.urn FROM urn u WHERE u.contact_id = c.id
   ORDER BY split_part(u.urn, '/', 1) = split_part(s.address, '/', 1) DESC,
     split_part(u.urn, ':', 1) = split_part(s.address, ':', 1) DESC,
     (u.urn LIKE 'slack:%' AND u.urn NOT LIKE '%/%'), u.created_at DESC, u.urn
   LIMIT 1) AS urn
FROM session s JOIN contact c ON c.id = s.contact_id
WHERE s.contact_id = ANY ($1::text[]::uuid[]) AND s.wake_at <= $2::timestamptz AND s.ended_at IS NULL
  AND NOT EXISTS (
    SELECT FROM urn u JOIN inbox i ON i.urn = u.urn
    WHERE u.contact_id = s.contact_id AND i.status IN ('waiting', 'fetching'))
ORDER BY s.wake_at, s.id

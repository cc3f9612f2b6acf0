-- For each locked person ($1): the message sent first among those not handled yet, with all that a turn needs to know.
-- A message whose files are still on the way is returned too: the messages behind it have to wait for it.
SELECT DISTINCT ON (u.contact_id) jsonb_build_object(
  'seq', i.seq, 'externalId', i.external_id, 'channel', i.channel, 'urn', i.urn, 'room', i.room, 'body', i.body,
  'sentAt', i.sent_at, 'status', i.status, 'attempts', i.attempts, 'retryAt', i.retry_at,
  'contact', jsonb_build_object('id', c.id, 'language', c.language, 'address', c.address, 'title', c.title),
  'attachments', CASE WHEN i.body ? 'files' THEN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', a.id, 'mime', a.mime, 'size', a.size, 'sha256', a.sha256, 'status', a.status) ORDER BY a.name, a.id), '[]')
    FROM attachment a WHERE a.message_seq = i.seq) ELSE '[]' END,
  'sessions', (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', s.id, 'campaignId', s.campaign_id, 'assignmentId', s.assignment_id, 'flowId', s.flow_id,
      'flowVersion', s.flow_version, 'state', s.state, 'room', s.room, 'address', s.address,
      'unitId', (SELECT a.target_unit_id FROM assignment a WHERE a.id = s.assignment_id)) ORDER BY s.active_at DESC), '[]')
    FROM session s
    WHERE s.contact_id = u.contact_id AND s.room = coalesce(i.room, '') AND s.ended_at IS NULL)
) AS turn
FROM inbox i JOIN urn u ON u.urn = i.urn JOIN contact c ON c.id = u.contact_id
WHERE u.contact_id = ANY ($1::text[]::uuid[]) AND i.status IN ('waiting', 'fetching')
ORDER BY u.contact_id, i.sent_at, i.seq

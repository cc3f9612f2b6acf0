CREATE TABLE contact (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title jsonb,
  language text,
  address text,
  created_at timestamptz(6) NOT NULL DEFAULT now()
);

CREATE TABLE urn (
  urn text PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact,
  created_at timestamptz(6) NOT NULL DEFAULT now()
);
CREATE INDEX urn_contact_id_idx ON urn (contact_id);

CREATE TABLE campaign (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code text NOT NULL,
  title jsonb NOT NULL,
  zone text NOT NULL,
  definition jsonb NOT NULL,
  start_on text NOT NULL,
  status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'closed')),
  loaded_at timestamptz(6) NOT NULL DEFAULT now(),
  published_at timestamptz(6),
  digest_at timestamptz(6)
);
-- Of several campaigns, the one that the person's commands in private are about, once they have chosen.
ALTER TABLE contact ADD COLUMN campaign_id uuid REFERENCES campaign;
CREATE UNIQUE INDEX campaign_code_key ON campaign (code);
CREATE INDEX campaign_digest_at_idx ON campaign (digest_at) WHERE digest_at IS NOT NULL;

CREATE TABLE unit (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  campaign_id uuid NOT NULL REFERENCES campaign,
  code text NOT NULL,
  name jsonb NOT NULL,
  kind text NOT NULL,
  parent_id uuid REFERENCES unit,
  aliases text[] NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX unit_campaign_id_code_key ON unit (campaign_id, code);

CREATE TABLE activity (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  campaign_id uuid NOT NULL REFERENCES campaign,
  code text NOT NULL,
  mode text NOT NULL,
  title jsonb NOT NULL,
  due_on text NOT NULL,
  visits_min integer NOT NULL,
  visits_max integer NOT NULL,
  secret boolean NOT NULL DEFAULT false,
  flow_id text NOT NULL,
  flow_version integer NOT NULL
);
CREATE UNIQUE INDEX activity_campaign_id_code_key ON activity (campaign_id, code);

CREATE TABLE assignment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number serial NOT NULL,
  activity_id uuid NOT NULL REFERENCES activity,
  assignee_unit_id uuid NOT NULL REFERENCES unit,
  target_unit_id uuid NOT NULL REFERENCES unit,
  due_on text NOT NULL,
  acknowledged_at timestamptz(6),
  reported_at timestamptz(6),
  reported_by uuid,
  remind_at timestamptz(6)
);
CREATE UNIQUE INDEX assignment_number_key ON assignment (number);
CREATE UNIQUE INDEX assignment_activity_id_assignee_unit_id_target_unit_id_key
  ON assignment (activity_id, assignee_unit_id, target_unit_id);
-- Partial: one tick must cost the same with a thousand open assignments and with a hundred thousand done ones.
CREATE INDEX assignment_remind_at_idx ON assignment (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX assignment_assignee_unit_id_idx ON assignment (assignee_unit_id);
CREATE INDEX assignment_target_unit_id_idx ON assignment (target_unit_id);

CREATE TABLE reminder (
  id bigserial PRIMARY KEY,
  assignment_id uuid NOT NULL REFERENCES assignment,
  step text NOT NULL,
  decision text NOT NULL,
  people integer NOT NULL,
  at timestamptz(6) NOT NULL
);
CREATE UNIQUE INDEX reminder_assignment_id_step_key ON reminder (assignment_id, step);

CREATE TABLE membership (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  contact_id uuid NOT NULL REFERENCES contact,
  campaign_id uuid REFERENCES campaign,
  unit_id uuid REFERENCES unit,
  role text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX membership_once ON membership (contact_id, campaign_id, unit_id, role) NULLS NOT DISTINCT;
CREATE INDEX membership_contact_id_idx ON membership (contact_id);
CREATE INDEX membership_campaign_id_role_idx ON membership (campaign_id, role);
CREATE INDEX membership_unit_id_idx ON membership (unit_id);

CREATE TABLE invite (
  code text PRIMARY KEY,
  campaign_id uuid NOT NULL REFERENCES campaign,
  unit_id uuid REFERENCES unit,
  role text NOT NULL,
  created_by uuid NOT NULL,
  expires_at timestamptz(6) NOT NULL,
  used_at timestamptz(6)
);

CREATE TABLE room (
  urn text PRIMARY KEY,
  campaign_id uuid REFERENCES campaign,
  title jsonb,
  purpose text NOT NULL DEFAULT 'inspection',
  language text,
  created_at timestamptz(6) NOT NULL DEFAULT now()
);
CREATE INDEX room_campaign_id_idx ON room (campaign_id);

CREATE TABLE flow (
  id text NOT NULL,
  version integer NOT NULL,
  definition jsonb NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, version)
);

CREATE TABLE session (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  contact_id uuid REFERENCES contact,
  room text NOT NULL DEFAULT '',
  campaign_id uuid NOT NULL REFERENCES campaign,
  assignment_id uuid REFERENCES assignment,
  flow_id text NOT NULL,
  flow_version integer NOT NULL,
  status text NOT NULL,
  state jsonb NOT NULL,
  address text,
  active_at timestamptz(6) NOT NULL,
  wake_at timestamptz(6),
  started_at timestamptz(6) NOT NULL,
  ended_at timestamptz(6),
  FOREIGN KEY (flow_id, flow_version) REFERENCES flow
);
-- Every answer rewrites its session: room on the page keeps the rewrite there, without new index entries (HOT).
ALTER TABLE session SET (fillfactor = 60);
-- One run at a time per room, person and flow. Also how a person's open sessions are found on every turn.
CREATE UNIQUE INDEX session_open ON session (contact_id, room, flow_id) WHERE ended_at IS NULL;
CREATE INDEX session_wake_at_idx ON session (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX session_assignment_id_idx ON session (assignment_id, status) WHERE assignment_id IS NOT NULL;
CREATE INDEX session_campaign_id_flow_id_status_idx ON session (campaign_id, flow_id, status);

CREATE TABLE answer (
  id bigserial PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session,
  question text NOT NULL,
  value jsonb NOT NULL,
  said text,
  answered_at timestamptz(6) NOT NULL,
  replaced_at timestamptz(6)
);
-- At most one answer stands for a question, whatever the code above does.
CREATE UNIQUE INDEX answer_stands ON answer (session_id, question) WHERE replaced_at IS NULL;
CREATE INDEX answer_session_id_idx ON answer (session_id);

CREATE TABLE attachment_content (
  sha256 text PRIMARY KEY,
  bytes bytea NOT NULL
);
-- Photos do not compress: storing them as they are saves the attempt.
ALTER TABLE attachment_content ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE attachment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  message_seq bigint NOT NULL,
  external_id text NOT NULL,
  urn text,
  name text,
  mime text NOT NULL,
  size integer NOT NULL,
  sha256 text REFERENCES attachment_content,
  status text NOT NULL,
  ref text,
  received_at timestamptz(6) NOT NULL
);
CREATE INDEX attachment_message_seq_idx ON attachment (message_seq);

CREATE TABLE finding (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number serial NOT NULL,
  campaign_id uuid NOT NULL REFERENCES campaign,
  assignment_id uuid REFERENCES assignment,
  unit_id uuid REFERENCES unit,
  session_id uuid REFERENCES session,
  question text,
  problem jsonb NOT NULL,
  value jsonb,
  status text NOT NULL DEFAULT 'open',
  reported_by uuid,
  attachments uuid[] NOT NULL DEFAULT '{}',
  place text,
  opened_at timestamptz(6) NOT NULL,
  withdrawn_at timestamptz(6)
);
CREATE UNIQUE INDEX finding_number_key ON finding (number);
CREATE UNIQUE INDEX finding_session_id_question_key ON finding (session_id, question);
CREATE INDEX finding_campaign_id_status_idx ON finding (campaign_id, status);
CREATE INDEX finding_assignment_id_idx ON finding (assignment_id) WHERE assignment_id IS NOT NULL;
CREATE INDEX finding_unit_id_idx ON finding (unit_id) WHERE unit_id IS NOT NULL;
-- Photos that come after a problem in somebody's own words look for it.
CREATE INDEX finding_reported_by_opened_at_idx ON finding (reported_by, opened_at) WHERE session_id IS NULL;

-- One count for messages in and out: a conversation is read in the order in which it was seen.
CREATE SEQUENCE message_seq;

CREATE TABLE inbox (
  seq bigint PRIMARY KEY DEFAULT nextval('message_seq'),
  external_id text NOT NULL,
  channel text NOT NULL,
  urn text NOT NULL REFERENCES urn,
  room text,
  body jsonb NOT NULL,
  sent_at timestamptz(6) NOT NULL,
  received_at timestamptz(6) NOT NULL,
  status text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  retry_at timestamptz(6),
  fault text
);
CREATE UNIQUE INDEX inbox_external_id_key ON inbox (external_id);
-- Only what still waits is ever searched; both indexes stay as small as the backlog.
CREATE INDEX inbox_open ON inbox (seq) WHERE status IN ('fetching', 'waiting');
CREATE INDEX inbox_open_urn ON inbox (urn, sent_at, seq) WHERE status IN ('fetching', 'waiting');
-- Where a person who can't be written to in private was last seen in company.
CREATE INDEX inbox_rooms ON inbox (urn, seq) WHERE room IS NOT NULL;
CREATE INDEX inbox_dead ON inbox (seq) WHERE status = 'dead';

-- A message whose files are on the way has a row here for as long. Times are the machine's.
CREATE TABLE file_fetch (
  message_seq bigint PRIMARY KEY,
  channel text NOT NULL,
  since timestamptz(6) NOT NULL,
  due_at timestamptz(6) NOT NULL
);
CREATE INDEX file_fetch_channel_due_at_idx ON file_fetch (channel, due_at);

CREATE TABLE outbox (
  seq bigserial PRIMARY KEY,
  key text,
  channel text NOT NULL,
  address text NOT NULL,
  "only" text,
  mention text,
  contact_id uuid,
  priority smallint NOT NULL,
  say jsonb NOT NULL,
  settles jsonb,
  session_id uuid,
  question text,
  created_at timestamptz(6) NOT NULL,
  due_at timestamptz(6) NOT NULL,
  quiet jsonb,
  status text NOT NULL DEFAULT 'waiting',
  lease_until timestamptz(6),
  attempts integer NOT NULL DEFAULT 0,
  failing_since timestamptz(6),
  fault text,
  sent_at timestamptz(6),
  external_id text,
  shown bigint,
  forget boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX outbox_key_key ON outbox (key) WHERE key IS NOT NULL;
-- In the order in which they go out. The time is there to pass over what is not due yet without a look at the row.
CREATE INDEX outbox_waiting ON outbox (channel, priority, seq, due_at) WHERE status = 'waiting';
-- Order is kept per address: whether something there goes first, or is on its way, is asked for every candidate.
CREATE INDEX outbox_order ON outbox (address, priority, seq) WHERE status = 'waiting';
CREATE INDEX outbox_sending ON outbox (address) WHERE status = 'sending';
CREATE INDEX outbox_set_aside ON outbox (contact_id, seq) WHERE status IN ('held', 'dead');
CREATE INDEX outbox_session_id_question_idx ON outbox (session_id, question) WHERE session_id IS NOT NULL;
-- What a command asked of somebody last: a yes in words is the answer to it.
CREATE INDEX outbox_asked ON outbox (contact_id, seq) WHERE starts_with(say #>> '{ask,target}', 'command:');
CREATE INDEX outbox_external_id_idx ON outbox (external_id) WHERE external_id IS NOT NULL;
-- The console reads a conversation from here.
CREATE INDEX outbox_console ON outbox (address, shown) WHERE channel = 'console';
CREATE INDEX inbox_console ON inbox (coalesce(room, urn), seq) WHERE channel = 'console';

CREATE TABLE lane (
  lane text PRIMARY KEY,
  spent timestamptz(6)[] NOT NULL
);

CREATE TABLE setting (
  key text PRIMARY KEY,
  value jsonb NOT NULL
);

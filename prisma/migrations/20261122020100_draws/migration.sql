-- Recorded random draws. No column points at the activity: a draft that is loaded again makes its activities anew.
CREATE TABLE draw (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code text NOT NULL,
  campaign_id uuid NOT NULL REFERENCES campaign,
  activity_code text,
  topic text NOT NULL,
  subject jsonb NOT NULL,
  plan jsonb NOT NULL,
  status text NOT NULL DEFAULT 'begun' CHECK (status IN ('begun', 'done', 'void')),
  seed text NOT NULL,
  commitment text NOT NULL,
  reason text,
  excluded jsonb NOT NULL DEFAULT '[]',
  begun_by uuid,
  begun_at timestamptz(6) NOT NULL,
  done_by uuid,
  done_at timestamptz(6),
  record json,
  fingerprint text,
  CHECK ((status = 'done') = (record IS NOT NULL AND fingerprint IS NOT NULL AND done_at IS NOT NULL))
);
-- A record is read whole or not at all, and squeezing megabytes of it would take longer than drawing.
ALTER TABLE draw ALTER COLUMN record SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX draw_code_key ON draw (code);
CREATE INDEX draw_campaign_id_topic_idx ON draw (campaign_id, topic, begun_at);
-- Two coordinators who begin the same draw at once get one seed.
CREATE UNIQUE INDEX draw_one_begun ON draw (campaign_id, topic) WHERE status = 'begun';

-- Who does not inspect what: a person, or everybody of a unit. Taken back, the row stays.
CREATE TABLE recusal (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  campaign_id uuid NOT NULL REFERENCES campaign,
  contact_id uuid REFERENCES contact,
  inspector_unit_id uuid REFERENCES unit ON DELETE CASCADE,
  unit_id uuid NOT NULL REFERENCES unit ON DELETE CASCADE,
  reason text NOT NULL CHECK (reason IN ('former-unit', 'interest')),
  declared_by uuid NOT NULL,
  declared_at timestamptz(6) NOT NULL,
  withdrawn_at timestamptz(6),
  CHECK ((contact_id IS NULL) <> (inspector_unit_id IS NULL))
);
CREATE INDEX recusal_campaign_id_idx ON recusal (campaign_id);
CREATE INDEX recusal_unit_id_idx ON recusal (unit_id);
CREATE INDEX recusal_inspector_unit_id_idx ON recusal (inspector_unit_id);
CREATE UNIQUE INDEX recusal_once ON recusal (campaign_id, contact_id, inspector_unit_id, unit_id) NULLS NOT DISTINCT
  WHERE withdrawn_at IS NULL;

-- Taking a unit out of a draft looks for units under it.
CREATE INDEX unit_parent_id_idx ON unit (parent_id);

-- Rosters that come as files (docs/decisions/0018-rosters.md): what one coordinator has sent and not yet confirmed, what people
-- said two spellings mean, and what somebody is to be called who comes in by a code.

CREATE TABLE roster_import (
  contact_id uuid PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
  campaign_id uuid NOT NULL REFERENCES campaign,
  name text NOT NULL,
  entries jsonb NOT NULL,
  passed_over jsonb NOT NULL,
  answers jsonb NOT NULL DEFAULT '{}',
  reason text,
  fingerprint text,
  at timestamptz(6) NOT NULL
);
CREATE INDEX roster_import_campaign_id_idx ON roster_import (campaign_id);
CREATE INDEX roster_import_at_idx ON roster_import (at);

CREATE TABLE roster_answer (
  campaign_id uuid NOT NULL REFERENCES campaign,
  question text NOT NULL,
  answer text NOT NULL,
  PRIMARY KEY (campaign_id, question)
);

ALTER TABLE invite ADD COLUMN title text;
-- Null for codes of a roster that was imported at a terminal.
ALTER TABLE invite ALTER COLUMN created_by DROP NOT NULL;
CREATE INDEX invite_campaign_id_title_idx ON invite (campaign_id, title);
-- What the campaign's file said of units and matters, from the first import on: the next load replaces that, and leaves alone what
-- rosters added to it.
ALTER TABLE campaign ADD COLUMN filed jsonb;

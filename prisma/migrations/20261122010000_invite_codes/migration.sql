-- A code of role `self` belongs to a person, not to a campaign.
ALTER TABLE invite ALTER COLUMN campaign_id DROP NOT NULL;

-- Wrong codes somebody sent. No foreign key: a count must not keep a person from being joined with another.
CREATE TABLE wrong_code (
  id bigserial PRIMARY KEY,
  contact_id uuid NOT NULL,
  at timestamptz(6) NOT NULL
);
CREATE INDEX wrong_code_contact_id_at_idx ON wrong_code (contact_id, at);

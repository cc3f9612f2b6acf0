-- A command that was given without its words asks for them one by one, in private (src/conversation/ask-fields.ts). One at a time a
-- person; what was given so far waits half an hour.
CREATE TABLE command_form (
  contact_id uuid PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
  command text NOT NULL,
  "values" jsonb NOT NULL DEFAULT '{}',
  -- The field asked last.
  field text NOT NULL,
  asked_at timestamptz(6) NOT NULL
);
CREATE INDEX command_form_asked_at_idx ON command_form (asked_at);

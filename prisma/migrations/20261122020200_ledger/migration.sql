-- The ledger of problems (问题台账). What a page of it shows stands on the finding itself, so that a page is one walk of one
-- index: `stage` and `due_on` follow the rectification and are written in the same transaction as it.
ALTER TABLE finding
  -- Who found it: an inspection, or the unit itself (selfcheck). Of citizens, who are anonymous, none is opened
  -- (docs/decisions/0009).
  ADD COLUMN source text NOT NULL DEFAULT 'inspection',
  ADD COLUMN category text,
  ADD COLUMN severity text NOT NULL DEFAULT 'minor',
  -- unit: the inspected unit may see it; coordinators: they alone.
  ADD COLUMN seen_by text NOT NULL DEFAULT 'unit',
  ADD COLUMN stage text,
  ADD COLUMN due_on text,
  ADD COLUMN merged_into uuid REFERENCES finding,
  ADD COLUMN split_from uuid REFERENCES finding,
  -- The problem that a part was first split from, however often: where it was found is where that was.
  ADD COLUMN origin uuid REFERENCES finding,
  ADD CONSTRAINT finding_source_check CHECK (source IN ('inspection', 'selfcheck')),
  ADD CONSTRAINT finding_severity_check CHECK (severity IN ('minor', 'serious', 'grave')),
  ADD CONSTRAINT finding_seen_by_check CHECK (seen_by IN ('unit', 'coordinators'));

-- The pages: in the order of their due days, only what is open. The columns behind are there to count without a look at
-- the rows.
CREATE INDEX finding_ledger_unit ON finding (unit_id, due_on, number) INCLUDE (id, stage, seen_by, assignment_id)
  WHERE status = 'open';
CREATE INDEX finding_split_from_idx ON finding (split_from) WHERE split_from IS NOT NULL;
-- What goes on under another number stands on its own again when that one is taken back.
CREATE INDEX finding_merged_into_idx ON finding (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX finding_ledger_campaign ON finding (campaign_id, due_on, number) INCLUDE (id, stage, seen_by, assignment_id)
  WHERE status = 'open';

-- One a finding, from the order on. `record` is the Rectification of src/campaign/rectification.
CREATE TABLE rectification (
  finding_id uuid PRIMARY KEY REFERENCES finding,
  campaign_id uuid NOT NULL REFERENCES campaign,
  unit_id uuid NOT NULL REFERENCES unit,
  state text NOT NULL,
  record jsonb NOT NULL,
  -- The run through the questionnaire in which the unit replies. It is written at the end of the transaction that begins it.
  session_id uuid REFERENCES session DEFERRABLE INITIALLY DEFERRED,
  wake_at timestamptz(6)
);
CREATE INDEX rectification_wake_at_idx ON rectification (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX rectification_session_id_idx ON rectification (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX rectification_unit_id_idx ON rectification (unit_id, state);

-- What happened to a finding, one row a step. The number within the finding is part of the key, so that of two steps taken
-- from the same state one fails whatever the code above does.
CREATE TABLE finding_event (
  finding_id uuid NOT NULL REFERENCES finding,
  seq integer NOT NULL,
  at timestamptz(6) NOT NULL,
  -- Who did it; null for the passing of time.
  by_contact uuid,
  -- How they were called then.
  who jsonb,
  kind text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (finding_id, seq)
);
CREATE INDEX finding_event_by_contact_idx ON finding_event (by_contact) WHERE by_contact IS NOT NULL;

-- Only ever added to. A person's id may change, when two addresses turn out to be one person (join.ts), but nothing else.
CREATE FUNCTION finding_event_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'by_contact' = to_jsonb(OLD) - 'by_contact'
     AND NEW.by_contact IS NOT NULL AND OLD.by_contact IS NOT NULL THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the history of a finding is only ever added to';
END $$;
CREATE TRIGGER finding_event_keep BEFORE UPDATE OR DELETE ON finding_event
  FOR EACH ROW EXECUTE FUNCTION finding_event_keep();

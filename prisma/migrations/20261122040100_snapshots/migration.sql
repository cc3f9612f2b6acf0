-- Files that were handed out: under a snapshot's id the same bytes can be had again (docs/decisions/0014-snapshots.md).
CREATE TABLE snapshot (
  id text PRIMARY KEY,
  kind text NOT NULL,
  campaign_id uuid NOT NULL REFERENCES campaign,
  -- What was asked for beside the kind: language, unit.
  parameters jsonb NOT NULL DEFAULT '{}',
  name text NOT NULL,
  mime text NOT NULL,
  -- What the file is as of.
  at timestamptz(6) NOT NULL,
  -- Null for whoever sat at the terminal.
  made_by uuid,
  rows integer NOT NULL,
  size bigint NOT NULL,
  sha256 text NOT NULL
);
CREATE INDEX snapshot_campaign_id_at_idx ON snapshot (campaign_id, at);
CREATE INDEX snapshot_made_by_idx ON snapshot (made_by);

-- Its bytes, in pieces, so that nobody need hold a large file at once.
CREATE TABLE snapshot_part (
  snapshot_id text NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  n integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (snapshot_id, n)
);
-- The files are compressed already.
ALTER TABLE snapshot_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

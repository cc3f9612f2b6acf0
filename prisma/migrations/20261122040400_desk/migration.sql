-- The dashboard (docs/decisions/0016-dashboard.md): who may open it, and for how long. Of a link and of a cookie only the
-- SHA-256 is kept: whoever reads the database gets in by neither. Times are machine time, also in a rehearsal.

CREATE TABLE web_login (
  hash bytea PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact ON DELETE CASCADE,
  expires_at timestamptz(6) NOT NULL
);
CREATE INDEX web_login_contact_id_idx ON web_login (contact_id);

CREATE TABLE web_session (
  hash bytea PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact ON DELETE CASCADE,
  created_at timestamptz(6) NOT NULL,
  revoked_at timestamptz(6)
);
CREATE INDEX web_session_contact_id_idx ON web_session (contact_id);

-- Pages of the audit log walk one campaign's events from the newest.
CREATE INDEX audit_campaign_id_seq_idx ON audit (campaign_id, seq);
-- Who saw what is secret, and who tried what is not theirs (src/store/seen.ts): one event in hundreds.
CREATE INDEX audit_seen_idx ON audit (seq) WHERE kind IN ('secret.seen', 'secret.sent')
  OR kind = 'command' AND (body -> 'data' ->> 'refused')::boolean;

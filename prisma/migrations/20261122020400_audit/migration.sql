-- The audit log: one chain of events. `json` and not `jsonb`, because it keeps the text as it was written, and the hash is
-- over that text: hash = SHA-256 in hex of `<previous>\n<seq>\n<body>`, previous being the hash of the row before, 64 zeros
-- for the first. It is kept with the row so that a broken chain shows which of two rows was changed.
-- The other columns are read from the body by Postgres itself, so that they can't say anything else.
CREATE TABLE audit (
  seq bigint PRIMARY KEY,
  previous text NOT NULL,
  body json NOT NULL,
  hash text NOT NULL,
  kind text NOT NULL GENERATED ALWAYS AS (body ->> 'kind') STORED,
  about text NOT NULL GENERATED ALWAYS AS (body ->> 'about') STORED,
  campaign_id uuid GENERATED ALWAYS AS ((body ->> 'campaignId')::uuid) STORED,
  secret uuid GENERATED ALWAYS AS ((body ->> 'secret')::uuid) STORED
);

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only ever added to (% refused)', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Adds events (texts of their bodies) behind the last row. A function, because each of its statements sees what was
-- committed before the statement began: a single statement would look for the last row before it waited for the lock.
-- The lock lasts until the transaction ends, so that a row rolled back leaves no gap. Returns the number of the last row
-- (Prisma reads no function that returns nothing).
CREATE FUNCTION audit_append(bodies text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  place bigint;
  head text;
  before text;
  body text;
BEGIN
  PERFORM pg_advisory_xact_lock(20261122);
  SELECT seq + 1, hash INTO place, head FROM audit ORDER BY seq DESC LIMIT 1;
  place := coalesce(place, 1);
  head := coalesce(head, repeat('0', 64));
  FOREACH body IN ARRAY bodies LOOP
    before := head;
    head := encode(sha256(convert_to(before || E'\n' || place || E'\n' || body, 'UTF8')), 'hex');
    INSERT INTO audit (seq, previous, body, hash) VALUES (place, before, body::json, head);
    place := place + 1;
  END LOOP;
  RETURN place - 1;
END $$;

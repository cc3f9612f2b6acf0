-- Citizens' ratings. Nothing here names a person, and nothing leads from a rating to a session, a message or an address:
-- docs/privacy.md says why, decision 9 how it is forgotten.

-- By what a campaign measures satisfaction: the questionnaire, the names of the levels, the score map, the aims. A published
-- set is never edited, only superseded; every rating and every figure names its version.
CREATE TABLE indicator_set (
  campaign_id uuid NOT NULL REFERENCES campaign,
  version integer NOT NULL,
  definition jsonb NOT NULL,
  published_at timestamptz(6) NOT NULL,
  PRIMARY KEY (campaign_id, version)
);
CREATE FUNCTION indicator_set_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published indicator set is superseded, never edited';
END $$;
CREATE TRIGGER indicator_set_locked BEFORE UPDATE OR DELETE ON indicator_set
  FOR EACH ROW EXECUTE FUNCTION indicator_set_locked();

-- What a QR code or a link leads to.
CREATE TABLE survey_code (
  code text PRIMARY KEY,
  campaign_id uuid NOT NULL REFERENCES campaign,
  kind text NOT NULL CHECK (kind IN ('unit', 'window', 'matter', 'case')),
  unit_id uuid REFERENCES unit,
  -- As it is printed beside the code: a matter's name, never a case's number.
  matter text,
  -- Whether it goes by day or not, everybody may know who made it and when: that is no rating.
  created_by uuid,
  created_at timestamptz(6) NOT NULL,
  -- The last day on which it takes ratings; null without one.
  expires_on text,
  closed_at timestamptz(6),
  -- Of a case, which is rated once (一事一评): that it was, and not when.
  used boolean NOT NULL DEFAULT false
);
CREATE INDEX survey_code_campaign_id_idx ON survey_code (campaign_id, unit_id);

CREATE TABLE rating (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  campaign_id uuid NOT NULL REFERENCES campaign,
  set_version integer NOT NULL,
  flow_id text NOT NULL,
  flow_version integer NOT NULL,
  unit_id uuid REFERENCES unit,
  matter text,
  -- scan (a code or link), chat (the keyword), interview (asked on the spot by an inspector)
  source text NOT NULL CHECK (source IN ('scan', 'chat', 'interview')),
  -- The task in which somebody was interviewed.
  interview_for uuid REFERENCES assignment,
  -- The day in the campaign's zone: nothing finer is kept.
  day date NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
  -- Answers by question, the level among them.
  answers jsonb NOT NULL,
  -- Signs of tampering, by name: the rating is kept and shown both with and without.
  marks text[] NOT NULL DEFAULT '{}',
  -- Not counted: found mistaken or malicious on appeal (国办发〔2019〕51号).
  struck boolean NOT NULL DEFAULT false,
  -- Of the receipt, keyed outside the database: only whoever holds the code can change or withdraw the rating.
  receipt bytea,
  -- Of what was written, keyed likewise: equal for equal words within a campaign.
  words bytea,
  FOREIGN KEY (flow_id, flow_version) REFERENCES flow,
  CONSTRAINT rating_interview CHECK ((source = 'interview') = (interview_for IS NOT NULL))
);
CREATE UNIQUE INDEX rating_receipt ON rating (receipt) WHERE receipt IS NOT NULL;
CREATE INDEX rating_words_idx ON rating (words) WHERE words IS NOT NULL;
CREATE INDEX rating_campaign_id_day_idx ON rating (campaign_id, day);
CREATE INDEX rating_unit_id_day_idx ON rating (unit_id, day);
CREATE INDEX rating_interview_for_idx ON rating (interview_for) WHERE interview_for IS NOT NULL;

-- How many ratings there are of each kind, exact at every commit: results read a few rows a week instead of all ratings.
CREATE TABLE rating_tally (
  campaign_id uuid NOT NULL REFERENCES campaign,
  set_version integer NOT NULL,
  unit_id uuid REFERENCES unit,
  -- Of interviews: those of a hidden inspection are not told of.
  activity_id uuid REFERENCES activity,
  source text NOT NULL,
  -- First day of the week (Monday) or, where that is later, of the month: both can be told from it. By day there were so many
  -- rows that five times the ratings took twice as many and 1.5 times as long.
  since date NOT NULL,
  level smallint NOT NULL,
  marked boolean NOT NULL,
  struck boolean NOT NULL,
  n integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (campaign_id, unit_id, since, set_version, activity_id, source, level, marked, struck)
);
CREATE INDEX rating_tally_campaign_id_idx ON rating_tally (campaign_id, since);

CREATE FUNCTION tallied_since(day date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT greatest(date_trunc('week', day::timestamp), date_trunc('month', day::timestamp))::date
$$;

CREATE FUNCTION tally_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Rows in one order everywhere: two writers then wait for one another and never in a circle.
  IF TG_OP = 'INSERT' THEN
    INSERT INTO rating_tally AS t (campaign_id, set_version, unit_id, activity_id, source, since, level, marked, struck, n)
    SELECT r.campaign_id, r.set_version, r.unit_id, a.activity_id, r.source, tallied_since(r.day), r.level, r.marks <> '{}', r.struck, count(*)
    FROM added r LEFT JOIN assignment a ON a.id = r.interview_for
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 3, 6, 2, 4, 5, 7, 8, 9
    ON CONFLICT (campaign_id, unit_id, since, set_version, activity_id, source, level, marked, struck)
    DO UPDATE SET n = t.n + excluded.n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO rating_tally AS t (campaign_id, set_version, unit_id, activity_id, source, since, level, marked, struck, n)
    SELECT r.campaign_id, r.set_version, r.unit_id, a.activity_id, r.source, tallied_since(r.day), r.level, r.marks <> '{}', r.struck, -count(*)
    FROM removed r LEFT JOIN assignment a ON a.id = r.interview_for
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 3, 6, 2, 4, 5, 7, 8, 9
    ON CONFLICT (campaign_id, unit_id, since, set_version, activity_id, source, level, marked, struck)
    DO UPDATE SET n = t.n + excluded.n;
  ELSE
    INSERT INTO rating_tally AS t (campaign_id, set_version, unit_id, activity_id, source, since, level, marked, struck, n)
    SELECT campaign_id, set_version, unit_id, activity_id, source, since, level, marked, struck, sum(n)
    FROM (
      SELECT r.campaign_id, r.set_version, r.unit_id, a.activity_id, r.source, tallied_since(r.day) AS since, r.level, r.marks <> '{}' AS marked, r.struck, 1 AS n
      FROM added r LEFT JOIN assignment a ON a.id = r.interview_for
      UNION ALL
      SELECT r.campaign_id, r.set_version, r.unit_id, a.activity_id, r.source, tallied_since(r.day), r.level, r.marks <> '{}', r.struck, -1
      FROM removed r LEFT JOIN assignment a ON a.id = r.interview_for
    ) moved
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(n) <> 0 ORDER BY 1, 3, 6, 2, 4, 5, 7, 8, 9
    ON CONFLICT (campaign_id, unit_id, since, set_version, activity_id, source, level, marked, struck)
    DO UPDATE SET n = t.n + excluded.n;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER rating_added AFTER INSERT ON rating REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tally_ratings();
CREATE TRIGGER rating_removed AFTER DELETE ON rating REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION tally_ratings();
CREATE TRIGGER rating_changed AFTER UPDATE ON rating REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tally_ratings();

-- How often the page of a code was opened: what a response rate of posters is told of.
CREATE TABLE survey_visit (
  campaign_id uuid NOT NULL REFERENCES campaign,
  unit_id uuid REFERENCES unit,
  day date NOT NULL,
  opened integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (campaign_id, unit_id, day)
);

-- What limits and signs of tampering are reckoned from, for a day: that a device (a hash keyed with a salt of the day, which
-- is deleted with these rows) rated a unit in a quarter of an hour, and not how. The empty token stands for all devices.
CREATE TABLE rating_trace (
  day date NOT NULL,
  token bytea NOT NULL,
  unit_id uuid,
  slot smallint NOT NULL,
  n integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (day, token, unit_id, slot)
);

-- A negative rating (levels 1 and 2) that is looked into: 核实, 整改, 反馈, 回访. Its number is by chance, and it was opened on
-- a day: neither says when somebody rated.
CREATE TABLE rating_case (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number integer NOT NULL UNIQUE,
  campaign_id uuid NOT NULL REFERENCES campaign,
  unit_id uuid REFERENCES unit,
  -- Null once the rating was withdrawn or is no longer kept. Deferred: ratings are written anew in random order.
  rating_id uuid UNIQUE REFERENCES rating DEFERRABLE INITIALLY DEFERRED,
  opened_on date NOT NULL,
  -- RatingCase of src/satisfaction/case.ts.
  record jsonb NOT NULL,
  -- verifying, rectifying, replying, calling-back, appealed, closed
  stage text NOT NULL,
  -- The last day of the stage; null when closed.
  due_on text,
  closed_on date,
  -- When its silence must next be looked at, a full hour.
  wake_at timestamptz(6),
  -- The contact that somebody left who wants to be called back: sealed with a key that is not in the database.
  contact bytea
);
CREATE INDEX rating_case_campaign_id_stage_idx ON rating_case (campaign_id, stage);
CREATE INDEX rating_case_unit_id_idx ON rating_case (unit_id);
CREATE INDEX rating_case_wake_at_idx ON rating_case (wake_at) WHERE wake_at IS NOT NULL;

-- What staff did about a case, in order; that it was opened and what a citizen did have no instant and stand in the record.
CREATE TABLE rating_case_event (
  case_id uuid NOT NULL REFERENCES rating_case DEFERRABLE INITIALLY DEFERRED,
  seq integer NOT NULL,
  at timestamptz(6) NOT NULL,
  by_contact uuid,
  who jsonb,
  kind text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (case_id, seq)
);

-- By which code somebody in a chat rates.
ALTER TABLE session ADD COLUMN survey_code text REFERENCES survey_code;
CREATE INDEX session_survey_code_idx ON session (survey_code) WHERE survey_code IS NOT NULL;

-- Interviews are ratings from now on.
ALTER TABLE session DROP CONSTRAINT session_interview, DROP COLUMN source, DROP COLUMN interview_for;

-- What an inspector has noted of citizens and not yet confirmed, sealed with a key that is not in the database: it holds their
-- words, and goes when it is confirmed, called off or half an hour old.
CREATE TABLE interview_draft (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  contact_id uuid NOT NULL REFERENCES contact ON DELETE CASCADE,
  -- A room, or '' in private.
  room text NOT NULL,
  sealed bytea NOT NULL,
  changed_at timestamptz(6) NOT NULL,
  UNIQUE (contact_id, room)
);
CREATE INDEX interview_draft_changed_at_idx ON interview_draft (changed_at);

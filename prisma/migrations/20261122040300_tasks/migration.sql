-- The coordinator's desk: a campaign may pause, tasks change hands and days, and a person's last deed can be undone.

-- While it is set nobody is reminded of anything.
ALTER TABLE campaign ADD COLUMN paused_at timestamptz(6);

-- As it was given out, once a coordinator has handed it to another unit or moved its day: a new version of the campaign file
-- must neither give it out again nor move it back.
ALTER TABLE assignment ADD COLUMN given_to uuid REFERENCES unit;
ALTER TABLE assignment ADD COLUMN given_due text;
CREATE INDEX assignment_given_to_idx ON assignment (given_to) WHERE given_to IS NOT NULL;

-- What coordinators did with a task; only ever added to.
CREATE TABLE task_event (
  assignment_id uuid NOT NULL REFERENCES assignment ON DELETE CASCADE,
  seq int NOT NULL,
  at timestamptz(6) NOT NULL,
  by_contact uuid,
  kind text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (assignment_id, seq)
);

-- What is told of a deed (src/store/deeds.ts), which undoing takes back while it waits.
CREATE INDEX outbox_deed ON outbox (split_part(key, ':', 2)) WHERE starts_with(key, 'deed:');

-- What somebody did last, and how it is undone; `undo` is null for what can't be. One row a person.
CREATE TABLE deed (
  contact_id uuid PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
  id text NOT NULL,
  command text NOT NULL,
  at timestamptz(6) NOT NULL,
  undo jsonb
);

-- What 状态 tells is not counted anew: with ten times the tasks, problems and answers it is to take no longer (issue 5). Counts are
-- kept as differences that are added up when they are read, so that nobody who writes waits for anybody else who does, as with
-- one row a count; the nightly housekeeping folds them together (src/store/sql/fold-counts.sql). No foreign keys: what is gone
-- comes to nothing.
CREATE TABLE task_count (
  activity_id uuid NOT NULL,
  due_on text NOT NULL,
  report_on text,
  finish_on text,
  acknowledged boolean NOT NULL,
  reported boolean NOT NULL,
  n integer NOT NULL
);
CREATE INDEX task_count_activity_id_idx ON task_count (activity_id);

-- Open problems; without an activity those that no task led to.
CREATE TABLE finding_count (
  campaign_id uuid NOT NULL,
  activity_id uuid,
  n integer NOT NULL
);
CREATE INDEX finding_count_campaign_id_idx ON finding_count (campaign_id);

-- Answers of completed checklists to questions that ask for counts (JX-3.2): sums, how many gave counts, how many a share alone.
CREATE TABLE answer_count (
  activity_id uuid NOT NULL,
  flow_id text NOT NULL,
  question text NOT NULL,
  done double precision NOT NULL,
  total double precision NOT NULL,
  n integer NOT NULL,
  bare integer NOT NULL
);
CREATE INDEX answer_count_activity_id_idx ON answer_count (activity_id);

-- What each checklist has given to answer_count, to be taken off again when it is corrected. Null without counts.
CREATE TABLE session_count (
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  question text NOT NULL,
  done double precision,
  total double precision,
  PRIMARY KEY (session_id, question)
);

CREATE FUNCTION count_tasks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO task_count (activity_id, due_on, report_on, finish_on, acknowledged, reported, n)
  SELECT activity_id, due_on, report_on, finish_on, acknowledged_at IS NOT NULL, reported_at IS NOT NULL,
    CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM changed GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;
CREATE TRIGGER task_added AFTER INSERT ON assignment REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_tasks();
CREATE TRIGGER task_removed AFTER DELETE ON assignment REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_tasks();

CREATE FUNCTION count_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO task_count (activity_id, due_on, report_on, finish_on, acknowledged, reported, n) VALUES
    (OLD.activity_id, OLD.due_on, OLD.report_on, OLD.finish_on, OLD.acknowledged_at IS NOT NULL, OLD.reported_at IS NOT NULL, -1),
    (NEW.activity_id, NEW.due_on, NEW.report_on, NEW.finish_on, NEW.acknowledged_at IS NOT NULL, NEW.reported_at IS NOT NULL, 1);
  RETURN NULL;
END $$;
-- Reminders move on many tasks at once, and that is counted nowhere.
CREATE TRIGGER task_changed AFTER UPDATE ON assignment FOR EACH ROW
  WHEN ((OLD.due_on, OLD.report_on, OLD.finish_on, OLD.acknowledged_at IS NOT NULL, OLD.reported_at IS NOT NULL)
    IS DISTINCT FROM (NEW.due_on, NEW.report_on, NEW.finish_on, NEW.acknowledged_at IS NOT NULL, NEW.reported_at IS NOT NULL))
  EXECUTE FUNCTION count_task();

CREATE FUNCTION count_finding() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  one finding;
BEGIN
  IF TG_OP = 'DELETE' THEN
    one := OLD;
  ELSE
    one := NEW;
  END IF;
  INSERT INTO finding_count (campaign_id, activity_id, n) VALUES (
    one.campaign_id, (SELECT activity_id FROM assignment WHERE id = one.assignment_id),
    CASE WHEN TG_OP <> 'DELETE' AND one.status = 'open' THEN 1 ELSE -1 END);
  RETURN NULL;
END $$;
CREATE TRIGGER finding_opened AFTER INSERT ON finding FOR EACH ROW WHEN (NEW.status = 'open')
  EXECUTE FUNCTION count_finding();
CREATE TRIGGER finding_moved AFTER UPDATE OF status ON finding FOR EACH ROW
  WHEN ((OLD.status = 'open') IS DISTINCT FROM (NEW.status = 'open')) EXECUTE FUNCTION count_finding();
CREATE TRIGGER finding_gone AFTER DELETE ON finding FOR EACH ROW WHEN (OLD.status = 'open')
  EXECUTE FUNCTION count_finding();

-- At the end of the statement: the answers that came with it are there.
CREATE FUNCTION count_answers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  activity uuid := (SELECT activity_id FROM assignment WHERE id = NEW.assignment_id);
BEGIN
  WITH was AS (DELETE FROM session_count WHERE session_id = NEW.id RETURNING question, done, total)
  INSERT INTO answer_count (activity_id, flow_id, question, done, total, n, bare)
  SELECT activity, NEW.flow_id, question, -coalesce(done, 0), -coalesce(total, 0), CASE WHEN total IS NULL THEN 0 ELSE -1 END,
    CASE WHEN total IS NULL THEN -1 ELSE 0 END
  FROM was;
  IF NEW.status <> 'completed' THEN
    RETURN NULL;
  END IF;
  WITH given AS (
    INSERT INTO session_count (session_id, question, done, total)
    SELECT NEW.id, a.question, CASE jsonb_typeof(a.value) WHEN 'object' THEN (a.value ->> 'done')::float8 END,
      CASE jsonb_typeof(a.value) WHEN 'object' THEN (a.value ->> 'of')::float8 END
    FROM flow f CROSS JOIN LATERAL jsonb_array_elements(f.definition -> 'questions') q
    JOIN answer a ON a.session_id = NEW.id AND a.question = q ->> 'id' AND a.replaced_at IS NULL
    WHERE f.id = NEW.flow_id AND f.version = NEW.flow_version AND q ? 'counts'
      AND jsonb_typeof(a.value) IN ('object', 'number')
    RETURNING question, done, total
  )
  INSERT INTO answer_count (activity_id, flow_id, question, done, total, n, bare)
  SELECT activity, NEW.flow_id, question, coalesce(done, 0), coalesce(total, 0), CASE WHEN total IS NULL THEN 0 ELSE 1 END,
    CASE WHEN total IS NULL THEN 1 ELSE 0 END
  FROM given;
  RETURN NULL;
END $$;
CREATE TRIGGER session_counted AFTER UPDATE OF status ON session FOR EACH ROW
  WHEN (NEW.assignment_id IS NOT NULL AND (OLD.status = 'completed' OR NEW.status = 'completed'))
  EXECUTE FUNCTION count_answers();
CREATE TRIGGER session_begun_counted AFTER INSERT ON session FOR EACH ROW
  WHEN (NEW.assignment_id IS NOT NULL AND NEW.status = 'completed') EXECUTE FUNCTION count_answers();

-- The longest overdue of an activity, to be named.
CREATE INDEX assignment_owed_idx ON assignment (activity_id, due_on) WHERE reported_at IS NULL;

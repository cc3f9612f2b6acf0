-- What is kept secret, and from whom (JX-4.4, docs/decisions/0010-audit-and-secrecy.md).

ALTER TABLE activity
  -- The unit whose coordinators know all of it.
  ADD COLUMN coordinator_unit_id uuid REFERENCES unit ON DELETE SET NULL,
  ADD COLUMN released_at timestamptz(6),
  -- The one word for it in every query: kept from all but its assignees and its coordinators.
  ADD COLUMN hidden boolean NOT NULL GENERATED ALWAYS AS (secret AND released_at IS NULL) STORED;
-- What was loaded before: the file says who coordinates.
UPDATE activity v SET coordinator_unit_id = u.id
FROM campaign c CROSS JOIN LATERAL jsonb_array_elements(c.definition -> 'activities') AS d(file)
JOIN unit u ON u.campaign_id = c.id AND u.code = d.file ->> 'coordinator'
WHERE c.id = v.campaign_id AND v.code = d.file ->> 'id';

-- The secret activity that a message tells of: whatever counts or numbers messages for others leaves it out.
ALTER TABLE outbox ADD COLUMN secret uuid;

-- Numbers that people see. Those in a row would tell by their gaps that there are others: what is secret gets one by chance
-- and takes none from the row. A trigger, so that it holds for whoever inserts; it looks for a free one because of some
-- thousands of eight digits two are likely to meet.
CREATE FUNCTION number_by_chance(taken regclass) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  wanted integer;
  is_taken boolean;
BEGIN
  LOOP
    wanted := 10000000 + floor(random() * 90000000)::integer;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE number = $1)', taken) INTO is_taken USING wanted;
    IF NOT is_taken THEN RETURN wanted; END IF;
  END LOOP;
END $$;

CREATE FUNCTION assignment_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number IS NULL THEN
    IF (SELECT hidden FROM activity WHERE id = NEW.activity_id) THEN
      NEW.number := number_by_chance('assignment');
    ELSE
      NEW.number := nextval('assignment_number_seq');
    END IF;
  END IF;
  RETURN NEW;
END $$;
ALTER TABLE assignment ALTER COLUMN number DROP DEFAULT;
CREATE TRIGGER assignment_number BEFORE INSERT ON assignment FOR EACH ROW EXECUTE FUNCTION assignment_number();

CREATE FUNCTION finding_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number IS NULL THEN
    IF (SELECT v.hidden FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = NEW.assignment_id) THEN
      NEW.number := number_by_chance('finding');
    ELSE
      NEW.number := nextval('finding_number_seq');
    END IF;
  END IF;
  RETURN NEW;
END $$;
ALTER TABLE finding ALTER COLUMN number DROP DEFAULT;
CREATE TRIGGER finding_number BEFORE INSERT ON finding FOR EACH ROW EXECUTE FUNCTION finding_number();

-- Places in a conversation: a secret message stands between two whole numbers (outbox-claim.sql).
ALTER TABLE outbox ALTER COLUMN shown TYPE numeric;

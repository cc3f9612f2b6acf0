-- What was published, version by version: the scope is locked afterwards (政府督查工作条例 art. 15), so whatever changes it is
-- kept beside what stood before, with the reason.
CREATE TABLE campaign_version (
  campaign_id uuid NOT NULL REFERENCES campaign,
  version integer NOT NULL,
  definition jsonb NOT NULL,
  -- Why the scope was widened; null where it was not.
  reason text,
  -- Tasks taken back by this version: { number, activity, assignee, target, dueOn, reminders }.
  withdrawn jsonb NOT NULL DEFAULT '[]',
  at timestamptz(6) NOT NULL,
  PRIMARY KEY (campaign_id, version)
);
INSERT INTO campaign_version (campaign_id, version, definition, at)
SELECT id, 1, definition, coalesce(published_at, loaded_at) FROM campaign WHERE status <> 'draft';

-- Takes tasks back that nobody has begun. Whatever hangs on one (a session, a problem, a claim, what later migrations
-- add) keeps it, by its foreign key: work that was done is never thrown away. So do days that the head of a unit has handed
-- in, an output of its own (JX-2.4); those of a covert visit are its coordinator's. Returns those that are gone.
CREATE FUNCTION withdraw_assignments(wanted uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  one uuid;
BEGIN
  FOREACH one IN ARRAY wanted LOOP
    BEGIN
      DELETE FROM reminder WHERE assignment_id = one;
      DELETE FROM assignment a WHERE a.id = one AND a.reported_at IS NULL
        AND (a.days = '{}' OR EXISTS (SELECT FROM activity v WHERE v.id = a.activity_id AND v.mode = 'covert'));
      IF FOUND THEN
        RETURN NEXT one;
      ELSE
        RAISE foreign_key_violation;
      END IF;
    EXCEPTION WHEN foreign_key_violation THEN
      -- Its reminders are back.
      NULL;
    END;
  END LOOP;
END $$;

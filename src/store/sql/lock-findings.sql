-- Locks problems by the numbers people call them ($1: text array), in one order whoever asks. Everything that happens to a
-- problem happens under this lock; what is to be decided on is read afterwards (load-findings.sql), because a snapshot taken
-- before the lock would show what the previous holder has just changed.
SELECT id::text FROM finding WHERE number = ANY ($1::text[]::int[]) ORDER BY number FOR NO KEY UPDATE

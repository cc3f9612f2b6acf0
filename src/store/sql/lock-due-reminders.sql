-- Takes up to $2 assignments whose reminder is due by $1, and that no other process is reminding of.
-- Ordered, so that every plan walks assignment_remind_at_idx and stops: the cost follows what is due, not what is open.
-- NO KEY UPDATE: a session or finding that is inserted meanwhile locks its assignment's key and need not wait for us.
-- A statement of its own before they are read (load-due-reminders.sql): a snapshot taken before the lock could miss what
-- the previous holder has just decided.
SELECT id::text FROM assignment
WHERE remind_at <= $1::timestamptz
ORDER BY remind_at
LIMIT $2
FOR NO KEY UPDATE SKIP LOCKED

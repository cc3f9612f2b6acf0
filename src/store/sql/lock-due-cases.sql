-- Takes up to $2 cases whose time has come by $1, except those that somebody else holds. Walks rating_case_wake_at_idx and stops.
SELECT c.id::text FROM rating_case c WHERE c.wake_at <= $1::timestamptz ORDER BY c.wake_at, c.id
LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED

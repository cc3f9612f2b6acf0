-- The campaign of this code, made as a draft when there is none; locked either way, so that two loads of one file follow
-- one another. `before` is what stood until now, `filed` what its file said of
-- what rosters have added to since. $1: jsonb, the resolved campaign; $2: now
INSERT INTO campaign AS c (code, title, zone, definition, start_on, loaded_at)
VALUES ($1::jsonb ->> 'id', $1::jsonb -> 'title', $1::jsonb ->> 'zone', $1::jsonb, $1::jsonb ->> 'start', $2::timestamptz)
ON CONFLICT (code) DO UPDATE SET loaded_at = c.loaded_at
RETURNING id, status, definition AS before, filed

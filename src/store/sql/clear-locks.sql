-- A turn locks its person, and the lock's transaction stands in the row until the next one: by it the person was found to a
-- rating, a case or a used code that the same turn wrote. Whoever is being served just now is left to the next sweep. The
-- number of this transaction, which may take the place of the other's, is no reason to write a row again.
UPDATE contact SET language = language
WHERE id IN (SELECT id FROM contact WHERE xmax <> '0'::xid AND xmax <> xmin FOR NO KEY UPDATE SKIP LOCKED)

/**
 * Postgres advisory locks, as pairs (class, object). The class is `duba` in ASCII, so that no other program on the same
 * database means the same lock. All are held by a session and vanish with it, whatever killed its owner.
 */
export const lockClass = 0x64756261;

/** Held alone by the one service of a DATA_DIR, for its life. */
export const serviceLock = 1;

/** Held, shared, by whoever uses the embedded server; taken alone by whoever shuts it down: the last one out. */
export const useLock = 2;

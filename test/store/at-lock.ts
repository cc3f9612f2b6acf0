import type { Talk } from '../conversation/stage.ts';

/** Resolves once work that was begun stands at a lock. @throws when it ends without having waited */
export async function standsAtLock(talk: Talk, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  work.then(over, over);
  for (;;) {
    const waiting =
      await talk.query(`SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database OR l.database IS NULL
      WHERE NOT l.granted AND l.pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`);
    if (waiting.length > 0) return;
    if (isOver) throw new Error('it waited for nobody');
  }
}

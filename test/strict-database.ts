import type pg from 'pg';
import { type Database, openDatabase } from '../src/store/database.ts';

/** A database whose every lost connection fails the test, until it is closed: it may be dropped before the last one has said goodbye. */
export function openStrictly(config: pg.PoolConfig): Database {
  let closing = false;
  const database = openDatabase(config, (fault) => {
    if (!closing) throw fault;
  });
  return {
    ...database,
    close: () => {
      closing = true;
      return database.close();
    },
  };
}

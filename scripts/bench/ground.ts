import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../src/store/embedded/embedded.ts';

/** A Postgres of the bench's own, that waits for the disk as in earnest, and fresh databases on it. */
export interface Ground {
  newDatabase(): Promise<pg.PoolConfig>;
  close(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-bench-'));
  await chmod(folder, 0o711);
  const server = await startEmbedded(folder);
  let count = 0;
  return {
    newDatabase: async () => {
      count += 1;
      const database = `bench_${count}`;
      const admin = new pg.Client(server.config);
      await admin.connect();
      await admin.query(`CREATE DATABASE ${database}`);
      await admin.end();
      return { ...server.config, database };
    },
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

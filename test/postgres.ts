import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../src/store/embedded/embedded.ts';
import type { ServerConfig } from '../src/store/embedded/lease.ts';
import { shutDown } from '../src/store/embedded/postmaster.ts';
import { isAlive } from '../src/store/embedded/process.ts';
import { migrate } from '../src/store/migrate.ts';
import { makerOf, places, serverFolder } from './folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: ServerConfig;
    /** The migrated database that `freshDatabase` copies. */
    template: string;
  }
}

const template = 'duban_template';

/**
 * One server a test run, in a folder of its own, with one migrated database to copy. It does not wait for the disk;
 * DUBAN_TEST_FSYNC=1 makes it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = await serverFolder('run');
  const fsync = process.env.DUBAN_TEST_FSYNC ? 'on' : 'off';
  const settings = { fsync, full_page_writes: fsync, max_connections: '200' };
  const server = await startEmbedded(folder, { settings });
  await makeTemplate(server.config);
  project.provide('postgres', server.config);
  project.provide('template', template);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
}

async function makeTemplate(config: ServerConfig): Promise<void> {
  const admin = new pg.Client(config);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${template}`);
  await admin.end();
  const client = new pg.Client({ ...config, database: template });
  await client.connect();
  await migrate(client);
  await client.end();
}

/** Ends and removes what runs left that were killed. */
async function sweep(): Promise<void> {
  const names = await Promise.all(
    places.map(async (place) => (await readdir(place)).map((name) => path.join(place, name))),
  );
  for (const folder of names.flat()) {
    const pid = makerOf(folder);
    if (!pid || isAlive(pid) || (await stat(folder)).uid !== process.geteuid?.()) continue;
    const home = path.join(folder, 'postgres');
    await shutDown({
      path: home,
      data: path.join(home, 'data'),
      log: path.join(home, 'server.log'),
      account: undefined,
      elsewhere: false,
    });
    await rm(folder, { recursive: true });
  }
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { handClock } from '../../src/clock.ts';
import { keysFrom } from '../../src/keys.ts';
import { createLog } from '../../src/log.ts';
import { foldCounts } from '../../src/store/counts.ts';
import { runOn } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import { makeLogin } from '../../src/store/web-sessions.ts';
import type { Run } from '../../src/store/writes.ts';
import { mountDesk } from '../../src/web/desk/mount.ts';
import { addAnswers, addFindings, addTasks, addUnits } from './desk-data.ts';
import type { Ground } from './ground.ts';
import { percentile, type Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-06-22T08:00:00+08:00';
const today = '2026-07-06';
const tasks = 10_000;
const answers = 1_000_000;
const findings = 50_000;
const rounds = 100;
const limitMs = 150;

/**
 * The overview of a campaign with 10,000 tasks, 1,000,000 answers and 50,000 problems, as a browser that is logged in gets it
 * over HTTP: the 95th percentile of a hundred, one after another. What the other pages take is said on stderr.
 */
export async function dashboard(ground: Ground): Promise<Result> {
  const { database, code } = await publishedSample(ground, handClock(published));
  const run = runOn(database.pool);
  await fill(run);
  const clock = handClock(`${today}T10:00:00+08:00`);
  const log = createLog('error');
  const web = express();
  const server = createServer(web);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mountDesk(web, {
    ...{
      database,
      library: createLibrary(database),
      keys: keysFrom(Buffer.alloc(32, 1)),
      clock,
      machine: clock,
      log,
    },
    ...{ publicUrl: () => origin, rehearsal: false, said: () => undefined },
  });
  const cookie = await logIn(run, origin, clock.now());
  const took: Record<string, number> = {};
  for (const page of ['', '/units', '/findings?lamp=2', '/findings/1', '/people', '/audit', '/settings'])
    took[page === '' ? 'overview' : page] = await measure(`${origin}/desk/c/${code}${page}`, cookie);
  server.close();
  server.closeAllConnections();
  await database.close();
  const shown = Object.entries(took).map(([page, ms]) => `${page} ${ms.toFixed(0)} ms`);
  process.stderr.write(`dashboard: 95th percentiles: ${shown.join(', ')}\n`);
  return { name: 'dashboard', value: took.overview ?? Number.NaN, unit: 'ms', limit: limitMs };
}

async function logIn(run: Run, origin: string, now: Date): Promise<string> {
  const [row] = await run<{ id: string }>(
    `WITH c AS (INSERT INTO contact (title) VALUES ('"bench"') RETURNING id)
     INSERT INTO membership (contact_id, campaign_id, role) SELECT c.id, k.id, 'coordinator' FROM c, campaign k
     RETURNING contact_id::text AS id`,
    [],
  );
  const secret = await makeLogin(run, row?.id ?? '', now);
  const entered = await fetch(`${origin}/desk/in/${secret}`, { method: 'POST', redirect: 'manual' });
  return entered.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function measure(url: string, cookie: string): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const response = await fetch(url, { headers: { cookie } });
    await response.text();
    if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
    all.push(performance.now() - began);
  }
  return percentile(all, 0.95);
}

/** Tasks of 1,000 units, each with a completed checklist of a hundred answers, and problems in every stage, due around today. */
async function fill(run: Run): Promise<void> {
  const units = 1_000;
  await addUnits(run, units);
  await addTasks(run, { tasks, units, today });
  await addAnswers(run, answers / tasks);
  await addFindings(run, { findings, today, unitOf: `i % ${units}` });
  // As every night.
  await foldCounts(run);
  await run('VACUUM ANALYZE', []);
}

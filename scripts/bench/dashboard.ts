import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { addDays } from '../../src/campaign/day.ts';
import { handClock } from '../../src/clock.ts';
import { keysFrom } from '../../src/keys.ts';
import { createLog } from '../../src/log.ts';
import { runOn } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import { makeLogin } from '../../src/store/web-sessions.ts';
import type { Run } from '../../src/store/writes.ts';
import { mountDesk } from '../../src/web/desk/mount.ts';
import type { Ground } from './ground.ts';
import { percentile, type Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-06-22T08:00:00+08:00';
const today = '2026-07-06';
const assignments = 10_000;
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
  await run(
    `INSERT INTO unit (campaign_id, code, name, kind)
     SELECT id, 'bench-' || n, to_jsonb('单位' || n), 'area' FROM campaign, generate_series(1, ${units}) n`,
    [],
  );
  const numbered = `SELECT id, row_number() OVER (ORDER BY length(code), code) - 1 AS n FROM unit WHERE code LIKE 'bench-%'`;
  await run(
    `WITH u AS (${numbered})
     INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, acknowledged_at, reported_at)
     SELECT v.id, a.id, t.id, v.due_on, now(), CASE WHEN k % 3 = 0 THEN now() END FROM (SELECT id, due_on FROM activity LIMIT 1) v,
       generate_series(0, ${assignments / units - 1}) k, u a JOIN u t ON true WHERE t.n = (a.n + k + 1) % ${units}`,
    [],
  );
  await run(
    `INSERT INTO session (campaign_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at, ended_at)
     SELECT v.campaign_id, a.id, v.flow_id, v.flow_version, 'completed', '{}', now(), now(), now()
     FROM assignment a JOIN activity v ON v.id = a.activity_id`,
    [],
  );
  await run(
    `INSERT INTO answer (session_id, question, value, answered_at)
     SELECT s.id, 'q' || n, to_jsonb(n % 2 = 0), now()
     FROM session s, generate_series(1, ${answers / assignments}) n`,
    [],
  );
  await run(
    `WITH u AS (${numbered}), a AS (SELECT id, row_number() OVER () - 1 AS n FROM assignment)
     INSERT INTO finding (campaign_id, assignment_id, unit_id, problem, status, stage, due_on, opened_at, category)
     SELECT c.id, a.id, u.id, to_jsonb('窗口在工作时间无人值守，群众等候较久，第' || i || '次发现'),
       CASE WHEN i % 10 = 9 THEN 'closed' ELSE 'open' END,
       (ARRAY['ordered', 'accepted', 'working', 'replied', NULL, 'returned'])[i % 6 + 1],
       CASE WHEN i % 6 NOT IN (3, 4) THEN ((date '${addDays(today, -20)}' + i % 61)::date)::text END, now(),
       (ARRAY['门难进', '脸难看', '事难办', NULL])[i % 4 + 1]
     FROM campaign c, generate_series(0, ${findings - 1}) g(i) JOIN u ON u.n = i % ${units} JOIN a ON a.n = i % ${assignments}`,
    [],
  );
  await run('VACUUM ANALYZE', []);
}

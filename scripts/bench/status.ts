import { randomUUID } from 'node:crypto';
import { addDays } from '../../src/campaign/day.ts';
import { handClock } from '../../src/clock.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import { keysFrom } from '../../src/keys.ts';
import { createLog } from '../../src/log.ts';
import { foldCounts } from '../../src/store/counts.ts';
import { type Database, runOn } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import type { Run } from '../../src/store/writes.ts';
import { calmerHalf } from './calm.ts';
import type { Ground } from './ground.ts';
import { percentile, type Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-06-22T08:00:00+08:00';
const now = '2026-07-17T10:00:00+08:00';
const today = now.slice(0, 10);
const stretches = 8;
const rounds = 100;
const limitMs = 100;
const growthMax = 1.3;

/** What is in the database, in multiples of 10,000 tasks, 1,000,000 answers and 50,000 problems. */
const sizes = { 'status-1m': 1, 'status-10m': 10 } as const;

/**
 * `/duban status` of a coordinator, from the message's arrival until its answer stands in the outbox: the 99th percentile, with
 * 10,000 tasks, 1,000,000 answers and 50,000 problems in the campaign.
 */
export async function status1m(ground: Ground): Promise<Result> {
  const [value = 0] = await p99(ground, [sizes['status-1m']]);
  return { name: 'status-1m', value, unit: 'ms', limit: limitMs };
}

/**
 * The same with ten times as much of everything, held against what it takes with less: asked in turns, so that what else the
 * machine does meanwhile falls on both.
 */
export async function status10m(ground: Ground): Promise<Result> {
  const [small = 0, value = 0] = await p99(ground, [sizes['status-1m'], sizes['status-10m']]);
  return { name: 'status-10m', value, unit: 'ms', limit: small * growthMax };
}

async function p99(ground: Ground, of: readonly number[]): Promise<number[]> {
  const databases: Database[] = [];
  const asks: (() => Promise<number>)[] = [];
  for (const size of of) {
    const database = await filledDatabase(ground, size);
    databases.push(database);
    asks.push(await asking(database));
  }
  const kept = await calmerHalf(
    `status of ${of.join(' and ')} x 10,000 tasks`,
    ground,
    Array.from({ length: stretches }, () => async () => {
      const took = of.map((): number[] => []);
      for (let round = 0; round < rounds; round += 1)
        for (const [place, ask] of asks.entries()) took[place]?.push(await ask());
      return Object.fromEntries(of.map((size, place) => [`${size}`, took[place] ?? []]));
    }),
  );
  for (const database of databases) await database.close();
  return of.map((size) => percentile(kept(`${size}`), 0.99));
}

async function filledDatabase(ground: Ground, size: number): Promise<Database> {
  const { database } = await publishedSample(ground, handClock(published), true);
  await fill(runOn(database.pool), size);
  return database;
}

/** @returns asks once, ms */
async function asking(database: Database): Promise<() => Promise<number>> {
  const clock = handClock(now);
  const options = {
    ...{ database, library: createLibrary(database), clock, log: createLog('error') },
    ...{ keys: keysFrom(Buffer.alloc(32, 1)), publicUrl: () => 'http://duban.test', said: () => undefined },
  };
  const receive = createReceive({
    ...{ database, clock, stored: () => undefined },
    fetchLater: () => Promise.reject(new Error('no files here')),
  });
  const ask = async (): Promise<number> => {
    const began = performance.now();
    await receive({
      ...{ channel: 'console', account: 'console', externalId: `status-${randomUUID()}` },
      ...{
        urn: 'console:coordinator',
        kind: 'text',
        text: 'status',
        addressed: true,
        slash: true,
        files: [],
      },
      sentAt: now,
    });
    while ((await takeTurns(options)) > 0);
    return performance.now() - began;
  };
  for (let warm = 0; warm < rounds; warm += 1) await ask();
  const [row] = await runOn(database.pool)<{ text: string }>(
    'SELECT say::text AS text FROM outbox ORDER BY seq DESC LIMIT 1',
    [],
  );
  if (row?.text.includes('commands:status.activity') !== true) throw new Error('no status was told');
  return ask;
}

/** Answers that one completed checklist has, two of them with counts. */
const answersEach = 100;
const unitsEach = 1_000;

/** Tasks of units, two thirds of them overdue, each with a completed checklist, and problems, of which a tenth is closed. */
async function fill(run: Run, size: number): Promise<void> {
  const units = unitsEach * size;
  const tasksOfUnit = 10;
  await run(
    `INSERT INTO unit (campaign_id, code, name, kind)
     SELECT id, 'bench-' || n, to_jsonb('单位' || n), 'area' FROM campaign, generate_series(1, ${units}) n`,
    [],
  );
  const numbered = `SELECT id, row_number() OVER (ORDER BY length(code), code) - 1 AS n FROM unit WHERE code LIKE 'bench-%'`;
  await run(
    `WITH u AS (${numbered})
     INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, acknowledged_at, reported_at)
     SELECT v.id, a.id, t.id, (date '${addDays(today, -20)}' + (a.n % 30)::int)::text, now(), CASE WHEN k % 3 = 0 THEN now() END
     FROM (SELECT id FROM activity LIMIT 1) v CROSS JOIN generate_series(0, ${tasksOfUnit - 1}) AS g(k) CROSS JOIN u a JOIN u t ON t.n = (a.n + k + 1) % ${units}`,
    [],
  );
  await run(
    `INSERT INTO session (campaign_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at, ended_at)
     SELECT v.campaign_id, a.id, v.flow_id, v.flow_version, 'live', '{}', now(), now(), now()
     FROM assignment a JOIN activity v ON v.id = a.activity_id JOIN unit u ON u.id = a.assignee_unit_id
     WHERE u.code LIKE 'bench-%'`,
    [],
  );
  const counted = `SELECT q ->> 'id' AS id, row_number() OVER () AS n FROM activity v
    JOIN flow f ON f.id = v.flow_id AND f.version = v.flow_version, jsonb_array_elements(f.definition -> 'questions') q
    WHERE q ? 'counts'`;
  await run(
    `INSERT INTO answer (session_id, question, value, answered_at)
     SELECT s.id, coalesce(c.id, 'q' || g.n), CASE WHEN c.id IS NULL THEN to_jsonb(g.n % 2 = 0)
       ELSE jsonb_build_object('done', 17, 'of', 20) END, now()
     FROM session s CROSS JOIN generate_series(1, ${answersEach}) AS g(n) LEFT JOIN (${counted}) c ON c.n = g.n`,
    [],
  );
  await run(`UPDATE session SET status = 'completed'`, []);
  await run(
    `WITH u AS (${numbered}), a AS (SELECT id, row_number() OVER () - 1 AS n FROM assignment)
     INSERT INTO finding (campaign_id, assignment_id, unit_id, problem, status, opened_at)
     SELECT c.id, a.id, u.id, to_jsonb('窗口在工作时间无人值守，第' || i || '次发现'),
       CASE WHEN i % 10 = 9 THEN 'closed' ELSE 'open' END, now()
     FROM campaign c, generate_series(0, ${50_000 * size - 1}) g(i)
     JOIN u ON u.n = i % ${units} JOIN a ON a.n = i % ${units * tasksOfUnit}`,
    [],
  );
  // As every night.
  await foldCounts(run);
  await run('VACUUM ANALYZE', []);
}

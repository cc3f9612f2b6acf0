import { randomUUID } from 'node:crypto';
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
import { addAnswers, addFindings, addTasks, addUnits } from './desk-data.ts';
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
 * 10,000 tasks, 1,000,000 answers and 50,000 problems in the campaign. The slowest of: all of it, one unit, one activity.
 */
export async function status1m(ground: Ground): Promise<Result> {
  const took = await p99(ground, [sizes['status-1m']], ['status', `status 单位17`, 'status cross']);
  process.stderr.write(
    `status-1m: the campaign, a unit, an activity: ${took.map((ms) => ms.toFixed(1)).join(', ')} ms\n`,
  );
  return { name: 'status-1m', value: Math.max(...took), unit: 'ms', limit: limitMs };
}

/**
 * The same with ten times as much of everything, held against what it takes with less: asked in turns, so that what else the
 * machine does meanwhile falls on both. Whichever grows more: all of it, or one unit.
 */
export async function status10m(ground: Ground): Promise<Result> {
  const [all = 0, unit = 0, allOfMore = 0, unitOfMore = 0] = await p99(ground, Object.values(sizes), [
    'status',
    'status 单位17',
  ]);
  process.stderr.write(
    `status-10m: the campaign ${all.toFixed(1)} ms, with ten times the data ${allOfMore.toFixed(1)}; a unit ${unit.toFixed(1)}, ${unitOfMore.toFixed(1)}\n`,
  );
  const [value, limit] =
    allOfMore / all > unitOfMore / unit ? [allOfMore, all * growthMax] : [unitOfMore, unit * growthMax];
  return { name: 'status-10m', value, unit: 'ms', limit };
}

/** @returns a figure for each size and, of each, for each text, ms */
async function p99(ground: Ground, of: readonly number[], texts: readonly string[]): Promise<number[]> {
  const databases: Database[] = [];
  const asks: (() => Promise<number>)[] = [];
  for (const size of of) {
    const database = await filledDatabase(ground, size);
    databases.push(database);
    for (const text of texts) asks.push(await asking(database, text));
  }
  const kept = await calmerHalf(
    `status of ${of.join(' and ')} x 10,000 tasks`,
    ground,
    Array.from({ length: stretches }, () => async () => {
      const took = asks.map((): number[] => []);
      for (let round = 0; round < rounds; round += 1)
        for (const [place, ask] of asks.entries()) took[place]?.push(await ask());
      return Object.fromEntries(took.entries());
    }),
  );
  for (const database of databases) await database.close();
  return asks.map((_, place) => percentile(kept(`${place}`), 0.99));
}

async function filledDatabase(ground: Ground, size: number): Promise<Database> {
  const { database } = await publishedSample(ground, handClock(published), true);
  await fill(runOn(database.pool), size);
  return database;
}

/** @returns asks once, ms */
async function asking(database: Database, text: string): Promise<() => Promise<number>> {
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
        text,
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
  if (row?.text.includes('commands:status.') !== true) throw new Error(`no status was told: ${row?.text}`);
  return ask;
}

/** Tasks of units, two thirds of them not reported, each with a completed checklist, and problems. */
async function fill(run: Run, size: number): Promise<void> {
  const units = 1_000 * size;
  await addUnits(run, units);
  await addTasks(run, { tasks: 10_000 * size, units, today });
  await addAnswers(run, 100);
  await addFindings(run, { findings: 50_000 * size, today, unitOf: `i % ${units}` });
  // As every night.
  await foldCounts(run);
  await run('VACUUM ANALYZE', []);
}

import { handClock } from '../../src/clock.ts';
import { resultLines } from '../../src/commands/results-lines.ts';
import { type Database, inTransaction, runIn, runOn } from '../../src/store/database.ts';
import { findResults } from '../../src/store/results.ts';
import type { Run } from '../../src/store/writes.ts';
import type { Ground } from './ground.ts';
import { median, type Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-01-05T08:00:00+08:00';
const zone = 'Asia/Shanghai';
const halls = 40;
const windowsPerHall = 5;
/** Days on which somebody rated: half a year. */
const days = 180;
/** Of all ratings, those of one hall that has far more than any other. */
const heaviestShare = 0.2;
/** Of all ratings, those that became cases which ended with a second rating. */
const caseShare = 0.002;
const chunk = 250_000;
const rounds = 60;

const sizes = { few: 1_000_000, many: 5_000_000 };
const limitMs = 100;
const limitTimes = 1.5;

/** Whose page is asked for; the campaign's is measured beside them. */
const units = ['a window', 'a hall', 'the heaviest hall'] as const;
type Asked = (typeof units)[number] | 'campaign';

/** A database with so many ratings. */
interface Filled {
  ratings: number;
  database: Database;
  campaignId: string;
  /** By code. */
  ids: Map<string, string>;
}

/**
 * The page of results of one unit as a command makes it, lines and all, with a million ratings in the database: the slowest of
 * a window, a hall and a hall that has a fifth of all ratings. What the whole campaign takes is said on stderr.
 */
export async function results1m(ground: Ground): Promise<Result> {
  const few = await filled(ground, sizes.few);
  const [took] = await measure([few]);
  await few.database.close();
  return { name: 'results-1m', value: slowest(took), unit: 'ms', limit: limitMs };
}

/** The same with five million, turn by turn with a million, and against 1.5 times of what that takes. */
export async function results5m(ground: Ground): Promise<Result> {
  const [few, many] = [await filled(ground, sizes.few), await filled(ground, sizes.many)];
  const [first, second] = await measure([few, many]);
  await few.database.close();
  await many.database.close();
  return { name: 'results-5m', value: slowest(second), unit: 'ms', limit: limitTimes * slowest(first) };
}

function slowest(took: Map<Asked, number> | undefined): number {
  return Math.max(...units.map((unit) => took?.get(unit) ?? Number.NaN));
}

async function filled(ground: Ground, ratings: number): Promise<Filled> {
  const { database, campaignId } = await publishedSample(ground, handClock(published));
  await fill(database, ratings);
  const rows = await database.prisma.unit.findMany({ select: { id: true, code: true } });
  return { ratings, database, campaignId, ids: new Map(rows.map(({ id, code }) => [code, id])) };
}

/** Medians in ms of each database, measured turn by turn: whatever else the machine does, it does to all of them. */
async function measure(all: readonly Filled[]): Promise<Map<Asked, number>[]> {
  const took = all.map(() => new Map<Asked, number[]>());
  for (let round = 0; round < rounds; round += 1)
    for (const asked of [...units, ...(round % 10 === 0 ? (['campaign'] as const) : [])])
      for (const [index, one] of all.entries()) {
        const ms = await page(one, asked, round);
        took[index]?.set(asked, [...(took[index]?.get(asked) ?? []), ms]);
      }
  return all.map(({ ratings }, index) => {
    const medians = new Map([...(took[index] ?? [])].map(([asked, times]) => [asked, median(times)]));
    const shown = [...medians].map(([asked, ms]) => `${asked} ${ms.toFixed(1)} ms`);
    process.stderr.write(`results at ${ratings}: medians: ${shown.join(', ')}\n`);
    return medians;
  });
}

async function page({ database, campaignId, ids }: Filled, asked: Asked, round: number): Promise<number> {
  const hall = `bench-${1 + ((round * 7) % (halls - 1))}`;
  const codes: Record<Asked, string | null> = {
    'a window': `${hall}-${round % windowsPerHall}`,
    'a hall': hall,
    'the heaviest hall': 'bench-0',
    campaign: null,
  };
  const code = codes[asked];
  const unitId = code === null ? null : (ids.get(code) ?? '');
  const began = performance.now();
  const found = await database.prisma.$transaction((own) =>
    findResults(runIn(own), { campaignId, unitId, zone }),
  );
  const lines = resultLines(found, { title: '', name: null, at: published, zone, compares: true });
  const ms = performance.now() - began;
  if (lines.length < 10) throw new Error('a page without figures');
  return ms;
}

/** Halls with their windows, half a year of ratings of every kind, with the tally that the triggers keep of them. */
async function fill({ pool }: Database, ratings: number): Promise<void> {
  const run = runOn(pool);
  await run(
    `WITH hall AS (
       INSERT INTO unit (campaign_id, code, name, kind)
       SELECT id, 'bench-' || n, to_jsonb('政务大厅' || n), 'hall' FROM campaign, generate_series(0, ${halls - 1}) n
       RETURNING id, campaign_id, code)
     INSERT INTO unit (campaign_id, code, name, kind, parent_id)
     SELECT campaign_id, code || '-' || n, to_jsonb(n || '号窗口'), 'window', id
     FROM hall, generate_series(0, ${windowsPerHall - 1}) n`,
    [],
  );
  // Not checked row by row that what a rating is of exists; the tally is kept none the less.
  await run('ALTER TABLE rating ENABLE ALWAYS TRIGGER rating_added', []);
  for (let from = 0; from < ratings; from += chunk)
    await inTransaction(
      pool,
      (own) => rate(own, from, Math.min(ratings, from + chunk)),
      'SET LOCAL session_replication_role = replica',
    );
  await run(
    `INSERT INTO rating_case (number, campaign_id, unit_id, opened_on, record, stage)
     SELECT row_number() OVER (), campaign_id, unit_id, day, jsonb_build_object('again', 1 + random()::int * 2, 'reply', repeat('已整改。', 60)), 'closed'
     FROM rating WHERE level <= 2 LIMIT ${Math.round(ratings * caseShare)}`,
    [],
  );
  await run('VACUUM ANALYZE', []);
  await check(run, ratings);
}

/** Four in five very satisfied; a twentieth through chat, as many asked; some marked, a few struck. */
async function rate(run: Run, from: number, to: number): Promise<void> {
  await run(
    `WITH u AS (
       SELECT id, campaign_id, row_number() OVER (ORDER BY code) - 1 AS place, code LIKE 'bench-0-%' AS heavy
       FROM unit WHERE kind = 'window' AND code LIKE 'bench-%'),
     heavy AS (SELECT id, campaign_id, row_number() OVER (ORDER BY place) - 1 AS place FROM u WHERE heavy),
     light AS (SELECT id, campaign_id, row_number() OVER (ORDER BY place) - 1 AS place FROM u WHERE NOT heavy),
     made AS MATERIALIZED (
       SELECT i, random() < ${heaviestShare} AS heavy, random() AS level, random() AS source, random() AS mark, random() AS strike,
         (random() * ${days - 1})::int AS day, floor(random() * ${(halls - 1) * windowsPerHall})::int AS place
       FROM generate_series(${from + 1}, ${to}) i)
     INSERT INTO rating (campaign_id, set_version, flow_id, flow_version, unit_id, source, interview_for, day, level, answers, marks, struck)
     SELECT coalesce(h.campaign_id, l.campaign_id), 1, f.id, f.version, coalesce(h.id, l.id),
       CASE WHEN m.source < 0.9 THEN 'scan' WHEN m.source < 0.95 THEN 'chat' ELSE 'interview' END,
       CASE WHEN m.source >= 0.95 THEN a.id END, date '2026-01-05' + m.day,
       CASE WHEN m.level < 0.8 THEN 5 WHEN m.level < 0.95 THEN 4 WHEN m.level < 0.98 THEN 3 WHEN m.level < 0.99 THEN 2 ELSE 1 END,
       jsonb_build_object('level', m.i % 5, 'waited', m.i % 90), CASE WHEN m.mark < 0.02 THEN '{fast}'::text[] ELSE '{}' END, m.strike < 0.001
     FROM made m
     LEFT JOIN heavy h ON m.heavy AND h.place = m.place % ${windowsPerHall}
     LEFT JOIN light l ON NOT m.heavy AND l.place = m.place
     CROSS JOIN (SELECT id, version FROM flow WHERE id LIKE '%/citizen' LIMIT 1) f
     CROSS JOIN (SELECT id FROM assignment LIMIT 1) a`,
    [],
  );
}

/** The tally is exact, or what was measured is worth nothing. */
async function check(run: Run, ratings: number): Promise<void> {
  const [row] = await run<{ rated: number; tallied: number; rows: number }>(
    `SELECT (SELECT count(*)::int FROM rating) AS rated, sum(n)::int AS tallied, count(*)::int AS rows FROM rating_tally`,
    [],
  );
  if (row?.rated !== ratings || row.tallied !== ratings)
    throw new Error(`the tally is not exact: ${JSON.stringify(row)}`);
  process.stderr.write(`results at ${ratings}: ${row.rows} rows of the tally\n`);
}

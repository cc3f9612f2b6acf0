import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Ground } from './ground.ts';
import { openRatingWeb, openWire, type RatingWeb, type Request, type Wire } from './rating-web.ts';
import { median, type Result } from './result.ts';

/** People who send a form at the same time. */
const people = 100;
const ratingsEach = 10;
/** Many short stretches: what else the machine does meanwhile falls on both sides, and on few of them. */
const rounds = 9;
const warmUps = 4;
const leastShare = 0.5;

/**
 * Ratings a second over HTTP, form after form, from the first byte sent to the redirection received: limits, questionnaire,
 * receipt, signs of tampering, tally and cases included. Held against half of what bare `INSERT`s of the same rows through pg
 * come to, in the same server and by as many at once: into a table with the same columns and indexes, and nothing else.
 * Taken in turns; the medians are compared.
 */
export async function ratingThroughput(ground: Ground): Promise<Result> {
  const web = await openRatingWeb(ground);
  const wires = await Promise.all(Array.from({ length: people }, () => openWire(web.port)));
  const direct = await openDirect(ground, web);
  const ours: number[] = [];
  const theirs: number[] = [];
  const stretches = [
    async () => ours.push(await overHttp(web, wires)),
    async () => theirs.push(await rate((person, turn) => direct.insert(person * ratingsEach + turn))),
  ];
  for (let round = 0; round < warmUps + rounds; round += 1)
    for (const place of stretches.keys()) await stretches[(round + place) % stretches.length]?.();
  await check(web, (warmUps + rounds) * people * ratingsEach);
  for (const wire of wires) wire.close();
  await web.close();
  await direct.close();
  const [own, bare] = [median(ours.slice(warmUps)), median(theirs.slice(warmUps))];
  process.stderr.write(
    `rating-throughput: bare INSERTs ${bare.toFixed(0)}/s, ours are ${(own / bare).toFixed(2)} of that\n`,
  );
  return { name: 'rating-throughput', value: own, unit: 'ratings/s', limit: leastShare * bare };
}

/** The forms are made before: that is their browsers' work, and the page's. */
function overHttp(web: RatingWeb, wires: Wire[]): Promise<number> {
  const forms: Request[] = Array.from({ length: people * ratingsEach }, () => web.form());
  return rate((person, turn) => {
    const wire = wires[person];
    const form = forms[person * ratingsEach + turn];
    if (wire === undefined || form === undefined) throw new Error('a person without a form');
    return wire.ask(form, 303);
  });
}

async function rate(work: (person: number, turn: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      for (let turn = 0; turn < ratingsEach; turn += 1) await work(person, turn);
    }),
  );
  return (people * ratingsEach) / ((performance.now() - began) / 1000);
}

/** A rate of ratings that were not stored would be no rate. */
async function check({ database }: RatingWeb, expected: number): Promise<void> {
  const { rows } = await database.pool.query(
    'SELECT (SELECT count(*)::int FROM rating) AS ratings, (SELECT sum(n)::int FROM rating_tally) AS tallied',
  );
  const { ratings, tallied } = rows[0];
  if (ratings !== expected || tallied !== expected)
    throw new Error(`${ratings} ratings are stored and ${tallied} tallied, ${expected} were given`);
}

/** The rows that were stored over HTTP, inserted once more, each by itself. */
async function openDirect(
  ground: Ground,
  web: RatingWeb,
): Promise<{ insert(turn: number): Promise<void>; close(): Promise<void> }> {
  const wire = await openWire(web.port);
  const sample = 200;
  for (let turn = 0; turn < sample; turn += 1) await wire.ask(web.form(), 303);
  wire.close();
  const columns = [
    ...[
      'campaign_id',
      'set_version',
      'flow_id',
      'flow_version',
      'unit_id',
      'matter',
      'source',
      'interview_for',
      'day',
    ],
    ...['level', 'answers', 'marks', 'receipt', 'words'],
  ];
  const { rows } = await web.database.pool.query(
    `SELECT ${columns.join(', ')}, day::text, answers::text FROM rating`,
  );
  await web.database.pool.query('TRUNCATE rating_case, rating_case_event, rating_tally, rating CASCADE');
  const pool = new pg.Pool({ ...(await ground.newDatabase()), max: 16 });
  // A connection on its way out may still hear that the server stops.
  pool.on('error', () => undefined);
  await pool.query(`
    CREATE TABLE rating (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), campaign_id uuid NOT NULL, set_version int NOT NULL,
      flow_id text NOT NULL, flow_version int NOT NULL, unit_id uuid, matter text, source text NOT NULL, interview_for uuid,
      day date NOT NULL, level smallint NOT NULL, answers jsonb NOT NULL, marks text[] NOT NULL, struck boolean NOT NULL DEFAULT false,
      receipt bytea, words bytea);
    CREATE UNIQUE INDEX ON rating (receipt);
    CREATE INDEX ON rating (campaign_id, day);
    CREATE INDEX ON rating (unit_id, day);
    CREATE INDEX ON rating (words) WHERE words IS NOT NULL;`);
  const text = `INSERT INTO rating (${columns.join(', ')}) VALUES (${columns.map((_, place) => `$${place + 1}`).join(', ')})`;
  return {
    insert: async (turn) => {
      const row = { ...rows[turn % rows.length], receipt: randomBytes(32) };
      await pool.query({ name: 'insert', text, values: columns.map((column) => row[column]) });
    },
    close: () => pool.end(),
  };
}

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Ground } from './ground.ts';
import { openRatingWeb, openWire, type RatingWeb, type Request, type Wire } from './rating-web.ts';
import { median, type Result } from './result.ts';

/** People who send a form at the same time. */
const people = 200;
const ratingsEach = 5;
/** Many short stretches: what else the machine does meanwhile falls on both sides, and on few of them. */
const rounds = 25;
const warmUps = 6;
const leastShare = 0.5;

/**
 * Ratings a second over HTTP, form after form, from the first byte sent to the redirection received: limits, questionnaire,
 * receipt, signs of tampering and cases included. Held against half of what the same rows come to that are inserted through pg,
 * a row an `INSERT`, by as many at once, into the same table of the same server. Taken in turns; the medians are compared. What
 * rows come to in a table that has the same columns and indexes but keeps no tally is told on stderr.
 */
export async function ratingThroughput(ground: Ground): Promise<Result> {
  const web = await openRatingWeb(ground);
  const wires = await Promise.all(Array.from({ length: people }, () => openWire(web.port)));
  const rows = await sampled(web);
  const same = openDirect(web.database.pool.options, rows);
  const bare = openDirect(await bareTable(ground), rows);
  const rates = { http: [] as number[], same: [] as number[], bare: [] as number[] };
  const stretches = [
    async () => rates.http.push(await overHttp(web, wires)),
    async () => rates.same.push(await rate(() => same.insert())),
    async () => rates.bare.push(await rate(() => bare.insert())),
  ];
  for (let round = 0; round < warmUps + rounds; round += 1)
    for (const place of stretches.keys()) await stretches[(round + place) % stretches.length]?.();
  await check(web, sample + 2 * (warmUps + rounds) * people * ratingsEach);
  for (const wire of wires) wire.close();
  await Promise.all([same.close(), bare.close()]);
  await web.close();
  const [own, inserts, untallied] = [rates.http, rates.same, rates.bare].map((all) =>
    median(all.slice(warmUps)),
  ) as [number, number, number];
  process.stderr.write(
    `rating-throughput: INSERTs ${inserts.toFixed(0)}/s, ours are ${(own / inserts).toFixed(2)} of that; without a tally ${untallied.toFixed(0)}/s, ${(own / untallied).toFixed(2)}\n`,
  );
  return { name: 'rating-throughput', value: own, unit: 'ratings/s', limit: leastShare * inserts };
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

const sample = 200;
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
  ],
  ...['day', 'level', 'answers', 'marks', 'receipt', 'words'],
];

type Row = Record<string, unknown>;

/** Rows as they are stored over HTTP. */
async function sampled(web: RatingWeb): Promise<Row[]> {
  const wire = await openWire(web.port);
  for (let turn = 0; turn < sample; turn += 1) await wire.ask(web.form(), 303);
  wire.close();
  const { rows } = await web.database.pool.query(
    `SELECT ${columns.join(', ')}, day::text, answers::text FROM rating`,
  );
  return rows;
}

/** The same rows once more, each with a receipt of its own. */
function openDirect(config: pg.PoolConfig, rows: Row[]): { insert(): Promise<void>; close(): Promise<void> } {
  const pool = new pg.Pool({ ...config, max: 16 });
  // A connection on its way out may still hear that the server stops.
  pool.on('error', () => undefined);
  const text = `INSERT INTO rating (${columns.join(', ')}) VALUES (${columns.map((_, place) => `$${place + 1}`).join(', ')})`;
  let turn = 0;
  return {
    insert: async () => {
      turn += 1;
      const row = { ...rows[turn % rows.length], receipt: randomBytes(32) } as Row;
      await pool.query({ name: 'insert', text, values: columns.map((column) => row[column]) });
    },
    close: () => pool.end(),
  };
}

async function bareTable(ground: Ground): Promise<pg.PoolConfig> {
  const config = await ground.newDatabase();
  const client = new pg.Client(config);
  await client.connect();
  await client.query(`
    CREATE TABLE rating (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), campaign_id uuid NOT NULL, set_version int NOT NULL,
      flow_id text NOT NULL, flow_version int NOT NULL, unit_id uuid, matter text, source text NOT NULL, interview_for uuid,
      day date NOT NULL, level smallint NOT NULL, answers jsonb NOT NULL, marks text[] NOT NULL, struck boolean NOT NULL DEFAULT false,
      receipt bytea, words bytea);
    CREATE UNIQUE INDEX ON rating (receipt);
    CREATE INDEX ON rating (campaign_id, day);
    CREATE INDEX ON rating (unit_id, day);
    CREATE INDEX ON rating (words) WHERE words IS NOT NULL;`);
  await client.end();
  return config;
}

import pg from 'pg';
import { type Crowd, gather, survey, surveyQuestions } from './crowd.ts';
import type { Ground } from './ground.ts';
import { median, type Result } from './result.ts';

const people = 200;
/** Many short stretches: what else the machine does meanwhile falls on both sides, and on few of them. */
const rounds = 9;
const turnsEach = 7;

/**
 * Durable turns a second of 200 people who answer one after another, each waiting for the bot's reply, against the same
 * survey hand-written on pg: lock the session, insert the answer, update the session, commit. Taken in turns on the same
 * server; the medians are compared.
 */
export async function turnThroughput(ground: Ground): Promise<Result> {
  const bare = await openBare(ground);
  await warmUp(ground, bare.answer);
  // All features on: where each answered question is redrawn too.
  const crowd = await gather(ground, people, 'slack');
  const plain = await gather(ground, people, 'wechat');
  const ours: number[] = [];
  const without: number[] = [];
  const theirs: number[] = [];
  const stretches = [
    async () => ours.push(await rate((person) => crowd.answer(crowd.people[person] ?? ''))),
    async () => theirs.push(await rate(bare.answer)),
    async () => without.push(await rate((person) => plain.answer(plain.people[person] ?? ''))),
  ];
  // Each goes first in turn: what one leaves behind (vacuum, the disk's queue) falls on the next.
  for (let round = 0; round < rounds; round += 1)
    for (const place of stretches.keys()) await stretches[(round + place) % stretches.length]?.();
  await check(crowd);
  await check(plain);
  await crowd.close();
  await plain.close();
  await bare.close();
  const share = median(without) / median(theirs);
  process.stderr.write(
    `turn-throughput: without the redrawing of answered questions (WeChat) ${median(without).toFixed(0)} turns/s, ratio ${share.toFixed(2)}\n`,
  );
  return { name: 'turn-throughput', value: median(ours), unit: 'turns/s', limit: median(theirs) };
}

/** A service runs for weeks: the seconds in which V8 compiles it are no part of its throughput, nor of the other's. */
async function warmUp(ground: Ground, bareAnswer: (person: number) => Promise<void>): Promise<void> {
  const crowd = await gather(ground, people, 'slack');
  for (let round = 0; round < rounds; round += 1) {
    await rate((person) => crowd.answer(crowd.people[person] ?? ''));
    await rate(bareAnswer);
  }
  await crowd.close();
}

async function rate(answer: (person: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      for (let turn = 0; turn < turnsEach; turn += 1) await answer(person);
    }),
  );
  return (people * turnsEach) / ((performance.now() - began) / 1000);
}

/** A rate of turns that were not taken would be no rate. */
async function check(crowd: Crowd): Promise<void> {
  const stored = await crowd.database.prisma.answer.count();
  const expected = people * turnsEach * rounds;
  if (stored !== expected) throw new Error(`${stored} answers are stored, ${expected} were given`);
}

/** The same survey by hand: no engine, no inbox, no outbox. */
async function openBare(
  ground: Ground,
): Promise<{ answer(person: number): Promise<void>; close(): Promise<void> }> {
  const pool = new pg.Pool({ ...(await ground.newDatabase()), max: 16 });
  // A connection on its way out may still hear that the server stops.
  pool.on('error', () => undefined);
  await pool.query(`
    CREATE TABLE session (id int PRIMARY KEY, state jsonb NOT NULL, updated_at timestamptz NOT NULL);
    CREATE TABLE answer (id bigserial PRIMARY KEY, session_id int NOT NULL REFERENCES session, question text NOT NULL,
      value jsonb NOT NULL, answered_at timestamptz NOT NULL);
    CREATE INDEX ON answer (session_id);`);
  await pool.query(
    `INSERT INTO session SELECT g, '{"at":0,"values":{}}', now() FROM generate_series(0, ${people - 1}) g`,
  );
  const { questions } = survey(surveyQuestions);
  return {
    answer: async (person) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query({
          name: 'lock',
          text: 'SELECT state FROM session WHERE id = $1 FOR UPDATE',
          values: [person],
        });
        const state = rows[0].state as { at: number; values: Record<string, unknown> };
        const question = questions[state.at % questions.length]?.id ?? '';
        state.values[question] = state.at % 4 === 0 ? 5 : '办事很快，谢谢';
        const at = new Date().toISOString();
        await client.query({
          name: 'insert',
          text: 'INSERT INTO answer (session_id, question, value, answered_at) VALUES ($1, $2, $3, $4)',
          values: [person, question, JSON.stringify(state.values[question]), at],
        });
        await client.query({
          name: 'update',
          text: 'UPDATE session SET state = $2, updated_at = $3 WHERE id = $1',
          values: [person, JSON.stringify({ at: state.at + 1, values: state.values }), at],
        });
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextReminder } from '../../src/campaign/reminder.ts';
import { readConfig } from '../../src/config.ts';
import { clockOf } from '../../src/store/clock.ts';
import type { Database } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import { migrate } from '../../src/store/migrate.ts';
import { serverPid } from '../store/embedded-child.ts';
import { openCrowd, type Sent } from './crowd.ts';
import { onDatabase } from './data.ts';
import { inTime } from './deadline.ts';
import { begin, people, publishFifty, questionIds, questions, repliesOf } from './fifty.ts';
import { buildProgram, type Program, type Service } from './program.ts';
import { seeded } from './seeded.ts';

const rounds = 20;
/** Most acknowledgements that a round lasts for. */
const roundMax = 60;
/** Rounds in which Postgres is killed as well, after the app. */
const withServer = new Set([6, 13]);
/** A day in 20 seconds. */
const rehearsal = `${begin}T00:00+08:00 x4320`;
const seed = Number(process.env.DUBAN_TEST_SEED ?? 20_260_622);

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.clear());

test(`${rounds} times killed with -9 amid ${people.length} people answering: nothing is lost, nothing is done twice`, async () => {
  console.info(`DUBAN_TEST_SEED=${seed}`);
  const dataDir = await program.dataDir();
  const environment = { DATA_DIR: dataDir, DUBAN_CLOCK: rehearsal };
  await onDatabase(dataDir, async (database) => {
    await migrate(database.pool);
    const { clock } = await clockOf(database, rehearsalOf(rehearsal));
    await publishFifty(database, clock);
  });
  const random = seeded(seed);
  const crowd = openCrowd();
  const walks = people.map(({ urn }) => crowd.walk(urn));
  const walked = Promise.all(walks);
  for (let round = 0; round < rounds; round += 1) {
    const service = await program.start(environment);
    const kill = new Promise<void>((resolve) => {
      crowd.after(1 + Math.floor(random() ** 2 * roundMax), () => {
        service.process.kill('SIGKILL');
        resolve();
      });
    });
    crowd.meet(service);
    await inTime(`round ${round}`, Promise.race([kill, walked, failIfEnded(service)]), () => crowd.counts);
    crowd.part();
    expect(await service.ended).toMatchObject({ signal: 'SIGKILL' });
    if (withServer.has(round)) process.kill(await serverPid(path.join(dataDir, 'postgres')), 'SIGKILL');
  }
  const service = await program.start(environment);
  crowd.finish();
  crowd.meet(service);
  const visits = await inTime('the end', Promise.race([walked, failIfEnded(service)]), () => crowd.counts);
  await onDatabase(dataDir, async (database) => {
    await settled(database);
    const { clock } = await clockOf(database, rehearsalOf(rehearsal));
    const before = clock.now().toISOString();
    await expect.poll(() => earliestReminder(database), { timeout: 10_000 }).toSatisfy((at) => at > before);
    service.process.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0 });
    await checkMessages(database, crowd.sent, visits);
    await checkReminders(database, before, clock.now().toISOString());
  });
}, 300_000);

function rehearsalOf(written: string) {
  const read = readConfig({ DUBAN_CLOCK: written });
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.config.rehearsal;
}

async function failIfEnded({ ended }: Service): Promise<never> {
  const { code, signal, err } = await ended;
  throw new Error(`the service ended by itself: ${code ?? signal} ${err}`);
}

/** Everything taken in was handled, and everything said went out. */
async function settled({ pool }: Database): Promise<void> {
  const left = async () =>
    (
      await pool.query(
        `SELECT 'in' AS way, status, count(*)::int AS n FROM inbox WHERE status <> 'done' GROUP BY status
         UNION ALL
         SELECT 'out', status, count(*)::int FROM outbox WHERE status <> 'sent' GROUP BY status`,
      )
    ).rows;
  await expect.poll(left, { timeout: 30_000, interval: 20 }).toEqual([]);
}

async function earliestReminder({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ at: Date }>('SELECT min(remind_at) AS at FROM assignment');
  return rows[0]?.at.toISOString() ?? '';
}

async function checkMessages({ pool }: Database, sent: Map<string, Sent[]>, visits: number[]): Promise<void> {
  for (const [index, { urn }] of people.entries()) {
    const acknowledged = (sent.get(urn) ?? []).map(({ id, text }) => ({ id: `${urn}/${id}`, text }));
    const inbox = await pool.query(
      `SELECT external_id AS id, body ->> 'text' AS text FROM inbox WHERE urn = $1 ORDER BY sent_at, seq`,
      [urn],
    );
    expect(inbox.rows).toEqual(acknowledged);
    const answers = await pool.query(
      `SELECT s.status, jsonb_agg(jsonb_build_array(a.question, a.said) ORDER BY a.id) AS answers
       FROM session s JOIN urn u ON u.contact_id = s.contact_id JOIN answer a ON a.session_id = s.id
       WHERE u.urn = $1 GROUP BY s.id ORDER BY s.started_at`,
      [urn],
    );
    expect(answers.rows).toEqual(
      Array.from({ length: visits[index] ?? 0 }, (_, visit) => ({
        status: 'completed',
        answers: repliesOf(urn, visit).map((said, question) => [questionIds[question], said]),
      })),
    );
  }
  await checkReplies(
    { pool },
    visits.reduce((sum, one) => sum + one, 0),
  );
}

const tapped = questions.filter(({ type }) => type === 'choice' || type === 'level').map(({ id }) => id);

/** In each visit each question was asked once, in order, and then the end told; each chat heard all of it in order. */
async function checkReplies({ pool }: Pick<Database, 'pool'>, visits: number): Promise<void> {
  const { rows } = await pool.query<{ posts: string[]; settled: string[] }>(
    `SELECT jsonb_agg(say::text ORDER BY seq) AS posts,
       jsonb_path_query_array(jsonb_agg(settles ORDER BY seq), '$[*][*].question') AS settled
     FROM outbox WHERE session_id IS NOT NULL GROUP BY session_id`,
  );
  expect(rows).toHaveLength(visits);
  for (const { posts, settled } of rows) {
    expect(posts).toEqual([
      ...questions.map(({ label }) => expect.stringContaining(label)),
      expect.anything(),
    ]);
    expect(new Set(settled).size).toBe(settled.length);
    expect(settled).toEqual(expect.arrayContaining(tapped));
  }
  const overtaken = await pool.query(
    `SELECT seq FROM (
       SELECT seq, shown, lag(shown) OVER (PARTITION BY address ORDER BY seq) AS before FROM outbox WHERE priority = 0) o
     WHERE shown < before`,
  );
  expect(overtaken.rows).toEqual([]);
}

interface Reminded {
  assignment: string;
  contact: string;
  campaign: string;
  dueOn: string;
  publishedAt: Date;
  /** [step, decision, people], in the order decided. */
  decided: [string, string, number][] | null;
  /** Keys of the messages. */
  messages: string[] | null;
}

/** Each step due by `from` was decided once and one message of it went out; none after `to`. */
async function checkReminders(database: Database, from: string, to: string): Promise<void> {
  const library = createLibrary(database);
  const { rows } = await database.pool.query<Reminded>(
    `SELECT a.id AS assignment, m.contact_id AS contact, c.id AS campaign, a.due_on AS "dueOn",
       c.published_at AS "publishedAt",
       (SELECT jsonb_agg(jsonb_build_array(r.step, r.decision, r.people) ORDER BY r.id)
        FROM reminder r WHERE r.assignment_id = a.id) AS decided,
       (SELECT jsonb_agg(o.key ORDER BY o.seq) FROM outbox o
        WHERE o.contact_id = m.contact_id AND o.key LIKE 'remind:%') AS messages
     FROM assignment a JOIN activity t ON t.id = a.activity_id JOIN campaign c ON c.id = t.campaign_id
     JOIN membership m ON m.unit_id = a.assignee_unit_id`,
  );
  expect(rows).toHaveLength(people.length);
  for (const { assignment, contact, campaign, dueOn, publishedAt, decided, messages } of rows) {
    const { rules, calendar } = await library.campaign(campaign);
    const reminded = { dueOn, publishedAt: publishedAt.toISOString() };
    const due: string[] = [];
    for (let next = nextReminder(reminded, rules, calendar, reminded.publishedAt); next.at <= to; ) {
      if (next.at <= from || due.length < (decided ?? []).length) due.push(next.step);
      next = nextReminder(reminded, rules, calendar, next.at);
    }
    expect(due.length).toBeGreaterThan(0);
    expect(decided).toEqual(due.map((step) => [step, 'sent', 1]));
    expect(messages).toEqual(due.map((step) => `remind:${assignment}:${step}:${contact}`));
  }
}

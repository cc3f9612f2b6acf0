import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { commandFormOf } from '../../src/store/command-forms.ts';
import { isDraftAsked } from '../../src/store/interview-drafts.ts';
import { seenEvents } from '../../src/store/seen.ts';
import type { Run } from '../../src/store/writes.ts';
import { freshDatabase } from '../database.ts';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  fresh = await freshDatabase();
  await fill();
});
afterAll(() => fresh.drop());

/** What every turn, every message and every look of a worker runs. */
const hot = [
  'commit-turns',
  'load-turns',
  'lock-waiting',
  'outbox-candidates',
  'outbox-claim',
  'outbox-settle',
  'receive',
  'replace-answers',
  'lock-wake',
  'load-wake',
];
/** Tables that grow with the answers. */
const growing = new Set([
  'inbox',
  'outbox',
  'session',
  'answer',
  'finding',
  'contact',
  'urn',
  'attachment',
  'audit',
]);
/** Partial indexes that hold little, what waits above all: walked in their order. */
const queues = new Set(['inbox_open', 'outbox_waiting', 'session_wake_at_idx', 'audit_seen_idx']);

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  'Join Filter'?: string;
  Plans?: Node[];
}

const count = 3_000;

/** A service that has run for some weeks: nearly all is done, of everything a little is under way. */
async function fill(): Promise<void> {
  const client = await fresh.pool.connect();
  try {
    // Without foreign keys: what campaigns and flows there are makes no difference here.
    await client.query(`BEGIN; SET LOCAL session_replication_role = replica;
      CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT md5(n::text)::uuid $$;
      INSERT INTO contact (id) SELECT pg_temp.id(n) FROM generate_series(1, ${count}) n;
      INSERT INTO urn (urn, contact_id) SELECT 'wechat:' || n, pg_temp.id(n) FROM generate_series(1, ${count}) n;
      INSERT INTO inbox (external_id, channel, urn, body, sent_at, received_at, status)
        SELECT n::text, 'wechat', 'wechat:' || n, '{}', now(), now(), CASE WHEN n % 100 = 0 THEN 'waiting' ELSE 'done' END
        FROM generate_series(1, ${count}) n;
      INSERT INTO session (id, contact_id, room, campaign_id, flow_id, flow_version, status, state, active_at, started_at, ended_at)
        SELECT pg_temp.id(n), pg_temp.id(n), '', pg_temp.id(0), 'f', 1, 'active', '{}', now(), now(),
          CASE WHEN n % 50 > 0 THEN now() END
        FROM generate_series(1, ${count}) n;
      INSERT INTO answer (session_id, question, value, answered_at)
        SELECT pg_temp.id(n), 'q', '1', now() FROM generate_series(1, ${count}) n;
      INSERT INTO finding (number, campaign_id, session_id, question, problem, attachments, opened_at)
        SELECT n, pg_temp.id(0), pg_temp.id(n), 'q', '{}', '{}', now() FROM generate_series(1, ${count}) n;
      INSERT INTO outbox (channel, address, contact_id, session_id, question, priority, say, created_at, due_at, status)
        SELECT 'wechat', 'wechat:' || n, pg_temp.id(n), pg_temp.id(n), 'q', 0, '{}', now(), now(),
          CASE WHEN n % 100 = 0 THEN 'waiting' ELSE 'sent' END
        FROM generate_series(1, ${count}) n;
      INSERT INTO attachment (message_seq, external_id, urn, mime, size, status, received_at)
        SELECT n, n::text, 'wechat:' || n, 'image/png', 1, 'stored', now() FROM generate_series(1, ${count}) n;
      INSERT INTO audit (seq, previous, hash, body)
        SELECT n, '', '', json_build_object('kind', CASE WHEN n % 100 = 0 THEN 'secret.seen' ELSE 'command' END, 'about', '')
        FROM generate_series(1, ${count}) n;
      COMMIT; ANALYZE`);
  } finally {
    client.release();
  }
}

describe('a statement that runs all the time looks rows up by key', () => {
  it.each(hot)('%s', async (name) => {
    expect(reads(await planOf(await statement(name)))).toEqual([]);
  });
  it.each([
    ['commandFormOf', (run: Run) => commandFormOf(run, '', '', now)],
    ['seenEvents', (run: Run) => seenEvents(run, '', { rows: 10, from: 0 })],
    ['isDraftAsked', (run: Run) => isDraftAsked(run, { contactId: '', room: '' }, '', now)],
  ])('%s', async (_, ask) => {
    const plans: Node[] = [];
    await ask(async (sql) => {
      plans.push(await planOf(sql));
      return [];
    });
    expect(plans.flatMap(reads)).toEqual([]);
    expect(plans.length).toBe(1);
  });
});

test('the addresses of a roster are not held against all others one by one', async () => {
  const plan = await planOf(await statement('roster-people'));
  expect(filters(plan).filter((one) => one.includes('split_part'))).toEqual([]);
});

const now = '2026-06-22T08:00:00Z';

function statement(name: string): Promise<string> {
  return readFile(new URL(`../../src/store/sql/${name}.sql`, import.meta.url), 'utf8');
}

async function planOf(sql: string): Promise<Node> {
  const client = await fresh.pool.connect();
  try {
    await client.query('BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off');
    const explained = await client.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${sql}`);
    return explained.rows[0]['QUERY PLAN'][0].Plan;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** The conditions that rows, or pairs of them, are held against after they were read. */
function filters(node: Node): string[] {
  const { Filter: one = '', 'Join Filter': pair = '', Plans = [] } = node;
  return [one, pair, ...Plans.flatMap(filters)];
}

/** The nodes that read all of a table that grows. */
function reads(node: Node): string[] {
  const { 'Relation Name': table = '', 'Index Name': index = '', 'Index Cond': by } = node;
  const all =
    growing.has(table) && node['Node Type'].includes('Scan') && by === undefined && !queues.has(index);
  const own = all ? [`${node['Node Type']} ${index} on ${table}`] : [];
  return [...own, ...(node.Plans ?? []).flatMap(reads)];
}

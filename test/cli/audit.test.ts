import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import type { Options, Terminal } from '../../src/cli/terminal.ts';
import { machineClock } from '../../src/clock.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { appendAudit } from '../../src/store/audit.ts';
import { auditHash, noHash } from '../../src/store/audit-chain.ts';
import { type Database, openDatabase, runOn } from '../../src/store/database.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';
import { type Heard, heard } from './heard.ts';

let fresh: FreshDatabase;
let database: Database;
let config: Config;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.config, () => undefined);
  const read = readConfig({});
  if ('faults' in read) throw new Error('the empty environment has faults');
  config = read.config;
  const event = {
    at: '2026-06-22T02:00:00.000Z',
    by: null,
    kind: 'queue.retried' as const,
    campaignId: null,
    data: {},
  };
  await appendAudit(
    runOn(database.pool),
    [1, 2, 3].map((number) => ({ ...event, about: `n:${number}` })),
  );
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function run(args: string[], options: Options = {}): Promise<Heard<number>> {
  const terminal: Terminal = { args, options, database, config, clock: machineClock };
  return heard(() => audit(terminal));
}

test('verify says that all is well, with a head to note down; head says it for programs', async () => {
  const { code, out } = await run(['verify']);
  expect(code).toBe(0);
  expect(out).toContain('操作记录完整，共3条');
  expect(out).toContain('The log is intact, rows: 3.');
  const head = (await run(['head'])).out;
  expect(head).toMatch(/^3 [0-9a-f]{64}\n$/);
  const hash = head.slice(2).trim();
  expect(out).toContain(hash);
  expect((await run(['verify'], { head: hash })).code).toBe(0);
  const cut = await run(['verify'], { head: 'a'.repeat(64) });
  expect(cut.code).toBe(1);
  expect(cut.err).toContain('末尾的记录被删除');
});

test.each([
  [[], {}],
  [['prove'], {}],
  [['verify', 'twice'], {}],
  [['verify'], { head: 'not a hash' }],
])('what is not understood: %j %j', async (args, options) => {
  expect(await run(args, options)).toMatchObject({ code: 2, out: '' });
});

test('export hands out every row, itself included, and anybody can check it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-audit-'));
  const out = path.join(folder, 'log.jsonl');
  expect((await run(['export'], { out })).code).toBe(0);
  const rows = (await readFile(out, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  await rm(folder, { recursive: true });
  expect(rows.map(({ body }) => JSON.parse(body).about)).toEqual(['n:1', 'n:2', 'n:3', 'audit']);
  let previous = noHash;
  for (const row of rows) {
    expect([row.previous, auditHash(row)]).toEqual([previous, row.hash]);
    previous = row.hash;
  }
  expect((await run(['export'])).out.split('\n')).toHaveLength(6);
});

test('a broken log is told with the row, and the exit code says so', async () => {
  await fresh.pool.query(`ALTER TABLE audit DISABLE TRIGGER audit_append_only; DELETE FROM audit WHERE seq = 2;
    ALTER TABLE audit ENABLE TRIGGER audit_append_only`);
  const { code, out, err } = await run(['verify']);
  expect([code, out]).toEqual([1, '']);
  expect(err).toBe('第2条记录被删除。\nRow 2 was removed.\n');
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEvent, appendAudit, auditBody } from '../../src/store/audit.ts';
import { auditHash, auditHead, noHash, walkAudit } from '../../src/store/audit-chain.ts';
import { type Database, inTransaction, openDatabase, runOn } from '../../src/store/database.ts';
import { commitWrites, noWrites, type OutboxRow, priority, type Run } from '../../src/store/writes.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

let fresh: FreshDatabase;
let database: Database;
let run: Run;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.config, () => undefined);
  run = runOn(database.pool);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const event = (about: string, data: AuditEvent['data'] = {}): AuditEvent => ({
  at: '2026-06-22T02:00:00.000Z',
  by: null,
  kind: 'queue.retried',
  campaignId: null,
  about,
  data,
});
/** The tests' server knows one user, who may do anything: what a thief of the database could. */
const tamper = (sql: string) =>
  fresh.pool.query(
    `BEGIN; ALTER TABLE audit DISABLE TRIGGER audit_append_only; ${sql}; ALTER TABLE audit ENABLE TRIGGER audit_append_only; COMMIT`,
  );
const empty = () => tamper('DELETE FROM audit');
const rows = () =>
  run<{ seq: string; kind: string; about: string; body: AuditEvent }>(
    'SELECT seq::text, kind, about, body FROM audit ORDER BY audit.seq',
    [],
  );

describe('the chain', () => {
  beforeEach(empty);

  it('is intact while it is empty, and its head is no hash', async () => {
    expect(await walkAudit(run)).toEqual({ kind: 'intact', rows: 0, head: noHash });
    expect(await auditHead(run)).toEqual({ rows: 0, head: noHash });
  });

  it('keeps what happened, in the words of its own text, keys in order', async () => {
    const secret = '00000000-0000-4000-8000-000000000001';
    const told = { ...event('finding:12', { 二: [1.5, null, true], a: { z: '”', b: '\u2028' } }), secret };
    await appendAudit(run, [told]);
    expect(await rows()).toEqual([{ seq: '1', kind: 'queue.retried', about: 'finding:12', body: told }]);
    const [row] = await run<{ previous: string; body: string; hash: string }>(
      'SELECT previous, body::text, hash FROM audit',
      [],
    );
    expect(row?.body).toBe(auditBody(told));
    expect(auditBody({ ...told, data: { b: 1, a: 2 } })).toContain('"data":{"a":2,"b":1}');
    expect(row?.hash).toBe(auditHash({ previous: noHash, seq: 1, body: row?.body ?? '' }));
    expect(await walkAudit(run)).toMatchObject({ kind: 'intact', rows: 1, head: row?.hash });
  });

  it('is one, whoever adds to it at once; what is rolled back leaves no gap', async () => {
    const add = (index: number) =>
      inTransaction(database.pool, async (own) => {
        await appendAudit(own, [event(`n:${index}`), event(`m:${index}`)]);
        if (index % 10 === 0) throw new Error('undone');
      }).catch((fault: Error) => expect(fault.message).toBe('undone'));
    await Promise.all(Array.from({ length: 200 }, (_, index) => add(index)));
    expect(await walkAudit(run)).toMatchObject({ kind: 'intact', rows: 360 });
    expect(new Set((await rows()).map(({ about }) => about)).size).toBe(360);
    // What belongs together stands together.
    const abouts = (await rows()).map(({ about }) => about.slice(2));
    for (let index = 0; index < 360; index += 2) expect(abouts[index]).toBe(abouts[index + 1]);
  });

  it('is followed in parts, however long', async () => {
    const many = Array.from({ length: 4500 }, (_, index) => event(`n:${index}`));
    await appendAudit(run, many);
    expect(await walkAudit(run)).toMatchObject({ kind: 'intact', rows: 4500 });
    await tamper(`UPDATE audit SET hash = '${'f'.repeat(64)}' WHERE seq = 4321`);
    expect(await walkAudit(run)).toEqual({ kind: 'changed', seq: 4321 });
  });

  it.each([
    ['changed', `UPDATE audit SET body = '{}'`],
    ['removed', 'DELETE FROM audit'],
    ['emptied', 'TRUNCATE audit'],
  ])('can’t be %s', async (_, sql) => {
    await appendAudit(run, [event('n:1')]);
    await expect(fresh.pool.query(sql)).rejects.toThrow('the audit log is only ever added to');
    expect(await walkAudit(run)).toMatchObject({ kind: 'intact', rows: 1 });
  });
});

/** A text in place of a row's own, that keeps its form. */
const other = `replace(body::text, 'n:3', 'n:9')::json`;
const rehash = (seq: number, body: string) =>
  `UPDATE audit SET body = ${body}, hash = encode(sha256(convert_to(previous || E'\\n' || seq || E'\\n' || ${body}::text, 'UTF8')), 'hex') WHERE seq = ${seq}`;
const shift = (from: number, by: number) => `UPDATE audit SET seq = -seq WHERE seq >= ${from};
  UPDATE audit SET seq = -seq + ${by} WHERE seq < 0`;

describe('tampering by one who may do anything is found, and the row named', () => {
  beforeEach(async () => {
    await empty();
    await appendAudit(
      run,
      Array.from({ length: 8 }, (_, index) => event(`n:${index + 1}`)),
    );
  });

  it.each([
    ['a text is changed', `UPDATE audit SET body = ${other} WHERE seq = 3`, { kind: 'changed', seq: 3 }],
    [
      'a blank is put into a text',
      `UPDATE audit SET body = replace(body::text, '":', '": ')::json WHERE seq = 3`,
      { kind: 'changed', seq: 3 },
    ],
    [
      'a hash is changed',
      `UPDATE audit SET hash = md5('') || md5('') WHERE seq = 3`,
      { kind: 'changed', seq: 3 },
    ],
    ['a text is changed and given its hash', rehash(3, other), { kind: 'changed', seq: 3 }],
    [
      'the last text is changed',
      `UPDATE audit SET body = replace(body::text, 'n:8', 'n:9')::json WHERE seq = 8`,
      { kind: 'changed', seq: 8 },
    ],
    [
      'the first text is changed',
      `UPDATE audit SET body = replace(body::text, 'n:1', 'n:9')::json WHERE seq = 1`,
      { kind: 'changed', seq: 1 },
    ],
    ['a row is removed', 'DELETE FROM audit WHERE seq = 4', { kind: 'removed', seq: 4 }],
    ['the first row is removed', 'DELETE FROM audit WHERE seq = 1', { kind: 'removed', seq: 1 }],
    ['several rows are removed', 'DELETE FROM audit WHERE seq IN (4, 5, 7)', { kind: 'removed', seq: 4 }],
    [
      'a row is removed and the gap closed',
      `DELETE FROM audit WHERE seq = 4; ${shift(5, -1)}`,
      { kind: 'removed', seq: 4 },
    ],
    [
      'the last but one is removed and the gap closed',
      `DELETE FROM audit WHERE seq = 7; ${shift(8, -1)}`,
      { kind: 'removed', seq: 7 },
    ],
    [
      'two rows change places',
      'UPDATE audit SET seq = -seq WHERE seq IN (4, 6); UPDATE audit SET seq = 10 + seq WHERE seq < 0',
      { kind: 'reordered', seq: 4, belongs: 6 },
    ],
    [
      'two texts change places',
      `UPDATE audit a SET body = b.body FROM audit b WHERE (a.seq, b.seq) IN ((4, 6), (6, 4))`,
      { kind: 'reordered', seq: 4, belongs: 6 },
    ],
  ] as const)('%s', async (_, sql, found) => {
    await tamper(sql);
    expect(await walkAudit(run)).toEqual(found);
  });

  it('a column that was made to say something else', async () => {
    await tamper(
      `ALTER TABLE audit ALTER COLUMN about DROP EXPRESSION; UPDATE audit SET about = 'n:9' WHERE seq = 5`,
    );
    expect(await walkAudit(run)).toEqual({ kind: 'changed', seq: 5 });
    await tamper(`DELETE FROM audit; ALTER TABLE audit DROP COLUMN about;
      ALTER TABLE audit ADD COLUMN about text NOT NULL GENERATED ALWAYS AS (body ->> 'about') STORED`);
  });

  it('the end is cut off, or all is written anew: only a hash noted elsewhere tells', async () => {
    const { head } = await auditHead(run);
    expect(await walkAudit(run, head)).toMatchObject({ kind: 'intact' });
    await appendAudit(run, [event('n:9')]);
    expect(await walkAudit(run, head)).toMatchObject({ kind: 'intact', rows: 9 });
    await tamper('DELETE FROM audit WHERE seq >= 7');
    expect(await walkAudit(run)).toMatchObject({ kind: 'intact', rows: 6 });
    expect(await walkAudit(run, head)).toMatchObject({ kind: 'cut', rows: 6 });
    await appendAudit(run, [event('n:7'), event('n:8b')]);
    expect(await walkAudit(run, head)).toMatchObject({ kind: 'cut', rows: 8 });
    await empty();
    expect(await walkAudit(run, head)).toEqual({ kind: 'cut', rows: 0, head: noHash });
  });
});

describe('what writes decide', () => {
  beforeEach(empty);
  const row: OutboxRow = {
    channel: 'console',
    address: 'console:a',
    priority: priority.reply,
    say: { lines: [] },
    at: '2026-06-22T02:00:00.000Z',
    dueAt: '2026-06-22T02:00:00.000Z',
  };
  const activity = '00000000-0000-4000-8000-000000000002';
  const [one, two] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

  it('goes to the log with them; ordinary messages don’t', async () => {
    await commitWrites(run, { ...noWrites(), outbox: [row], audit: [event('n:1')] });
    await commitWrites(run, { ...noWrites(), outbox: [row] });
    expect((await rows()).map(({ about }) => about)).toEqual(['n:1']);
  });

  it('who is sent something secret is kept, once a person', async () => {
    const secret = { ...row, secret: activity };
    const outbox = [
      { ...secret, contactId: one },
      { ...secret, contactId: one },
      { ...secret, contactId: two },
    ];
    await commitWrites(run, { ...noWrites(), outbox });
    expect((await rows()).map(({ kind, body }) => [kind, body.by, body.secret])).toEqual([
      ['secret.sent', one, activity],
      ['secret.sent', two, activity],
    ]);
  });
});

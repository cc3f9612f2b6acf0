import { expect, test } from 'vitest';
import { type Channel, SendFault } from '../../src/channels/channel.ts';
import { type Clock, machineClock } from '../../src/clock.ts';
import { wakeSessions } from '../../src/conversation/wake.ts';
import { startDispatcher } from '../../src/jobs/dispatcher.ts';
import { forgetTraces } from '../../src/jobs/forgetting.ts';
import { exportOf } from '../../src/report/export.ts';
import { campaignText } from '../conversation/campaign-stage.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { photo } from '../story/photo.ts';

/** Sends all that is due through one channel, and keeps the texts. */
async function delivered(
  talk: Talk,
  name: Channel['name'],
  send: Channel['send'] = async () => 'sent',
): Promise<string[]> {
  const texts: string[] = [];
  const free = { everyMs: 0, burst: 1, jitterMs: 0 };
  const channel: Channel = {
    name,
    budgets: { account: free, room: free },
    health: () => ({ ready: true }),
    start: async () => undefined,
    stop: async () => undefined,
    send: async (to, post) => {
      texts.push(post.text);
      return `${name}-${texts.length}/${await send(to, post)}`;
    },
    update: async () => undefined,
  };
  const dispatcher = startDispatcher(channel, {
    database: talk.database,
    clock: talk.clock,
    machine: machineClock,
    random: () => 0,
    log: talk.log,
    rehearsal: false,
    connected: () => [name],
  });
  await expect
    .poll(() =>
      talk.query(
        `SELECT count(*)::int AS n FROM outbox WHERE status IN ('waiting', 'sending') AND channel = $1 AND due_at <= $2`,
        [name, talk.clock.now()],
      ),
    )
    .toEqual([{ n: 0 }]);
  await dispatcher.stop();
  return texts;
}

const answers = ['very dissatisfied', '1, 3', '20 minutes', 'the queue was long', 'no thanks'];

/** Says these one after another, each at an instant of its own. */
async function says(talk: Talk, urn: string, words: string[]): Promise<void> {
  for (const text of words) {
    talk.clock.advance(37_123);
    await talk.says(urn, text);
  }
}

const sweep = (talk: Talk, machine: Clock = machineClock) => forgetTraces({ ...talk.options, machine });

interface Stored {
  table: string;
  row: string;
}

/** Every row of every table, as JSON. */
async function everything(talk: Talk): Promise<Stored[]> {
  const tables = await talk.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%migrations'`,
  );
  const rows: Stored[] = [];
  for (const { name } of tables)
    for (const { row } of await talk.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`))
      rows.push({ table: name, row });
  return rows;
}

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)/g;
const numbers = /"(?:id|seq|message_seq|shown|number)": (-?\d+)/g;

/** What a row could be joined by: ids, numbers and instants, these to the minute so that a little later counts as well. */
function keysOf({ row }: Stored): string[] {
  const minutes = (row.match(instants) ?? []).flatMap((text) => {
    const minute = Math.floor(Date.parse(text) / 60_000);
    return [minute - 1, minute, minute + 1].map((one) => `minute ${one}`);
  });
  return [
    ...(row.match(ids) ?? []),
    ...minutes,
    ...[...row.matchAll(numbers)].map(([, digits]) => `number ${digits}`),
  ];
}

/** Rows that name the person, and those that lead there by an id, step by step. */
function rowsOf(urn: string, rows: Stored[]): Stored[] {
  const reached = new Set(rows.filter(({ row }) => row.includes(`"${urn}"`)));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    const known = new Set([...reached].flatMap(({ row }) => row.match(ids) ?? []));
    for (const one of rows) if (one.row.match(ids)?.some((id) => known.has(id))) reached.add(one);
  }
  return [...reached];
}

/** Whether an answer stands next to the person, or shares a key with a row that does. */
function joined(urn: string, rows: Stored[]): string[] {
  const theirs = rowsOf(urn, rows);
  const keys = new Set(theirs.flatMap(keysOf));
  return rows
    .filter(({ table }) => table === 'session' || table === 'answer')
    .filter((row) => theirs.includes(row) || keysOf(row).some((key) => keys.has(key)))
    .map(({ row }) => row);
}

const people = Array.from({ length: 12 }, (_, index) => `wechat:citizen-${index}`);

test('submitted answers share no id, number or instant with anything that leads to a person', async () => {
  const talk = await stage({ language: 'en' });
  for (const urn of people.slice(0, 3)) {
    await says(talk, urn, ['language English', 'survey', ...answers.slice(0, 4)]);
    // Under way it has to be known whose answers they are; so this test can fail.
    expect(joined(urn, await everything(talk))).not.toEqual([]);
    await says(talk, urn, answers.slice(4));
    expect(joined(urn, await everything(talk)), 'while the goodbye waits').toEqual([]);
    const texts = await delivered(talk, 'wechat');
    expect(texts.at(-1)).toContain('Your answers help');
    expect(joined(urn, await everything(talk)), 'after it was sent').toEqual([]);
  }
  expect(
    await talk.query(
      `SELECT DISTINCT contact_id, address, room, active_at, started_at, ended_at, wake_at, a.answered_at, a.said
       FROM session s JOIN answer a ON a.session_id = s.id`,
    ),
  ).toEqual([
    {
      contact_id: null,
      address: null,
      room: '',
      active_at: new Date('2026-06-22T00:00+08:00'),
      started_at: new Date('2026-06-22T00:00+08:00'),
      ended_at: new Date('2026-06-22T00:00+08:00'),
      wake_at: null,
      answered_at: new Date('2026-06-22T00:00+08:00'),
      said: null,
    },
  ]);
  expect(
    await talk.query('SELECT count(*)::int AS n, count(DISTINCT session_id)::int AS of FROM answer'),
  ).toEqual([{ n: 15, of: 3 }]);
});

test('what is kept of a conversation holds no answer', async () => {
  const talk = await stage({ language: 'en' });
  for (const urn of ['wechat:citizen', cast.citizen]) {
    await says(talk, urn, ['language English', 'survey', ...answers]);
    await delivered(talk, urn === cast.citizen ? 'console' : 'wechat');
  }
  for (const { table, row } of await everything(talk))
    if (!['answer', 'session', 'flow', 'campaign', 'campaign_version'].includes(table))
      expect(row).not.toMatch(/dissatisfied|20 minutes|queue was long|Waited too long|"n": 20|no thanks/i);
  expect(
    await talk.query(
      'SELECT 1 FROM outbox WHERE session_id IS NOT NULL OR (forget AND contact_id IS NOT NULL)',
    ),
  ).toEqual([]);
  // The page reads its messages here: it can still show the goodbye.
  expect((await talk.said(cast.citizen)).at(-1)?.text).toContain('Your answers help');
});

test('the sweep leaves no trace of who took part, and no order', async () => {
  const talk = await stage({ language: 'en' });
  const order: string[] = [];
  for (const urn of [...people, cast.citizen]) {
    await says(talk, urn, ['survey', ...answers.slice(0, 3), `my number was ${order.length}`, 'no thanks']);
    order.push(`my number was ${order.length}`);
  }
  await delivered(talk, 'wechat');
  await delivered(talk, 'console');
  const kept = `SELECT a.value #>> '{}' AS words FROM answer a WHERE question = 'comment'`;
  const words = async (by: string) =>
    (await talk.query<{ words: string }>(`${kept} ORDER BY ${by}`)).map((row) => row.words);

  // A message that comes again is known for an hour.
  await sweep(talk);
  expect(await talk.query(`SELECT count(*)::int AS n FROM inbox WHERE status = 'done'`)).toEqual([
    { n: 13 * 6 },
  ]);
  talk.clock.advance(3_600_001);
  await sweep(talk, { now: () => new Date(Date.now() + 3_600_000 + 60_000) });

  const rows = await everything(talk);
  const personas = rows.filter(({ table }) => !['urn', 'contact', 'campaign'].includes(table));
  for (const urn of people) expect(rows.filter(({ row }) => row.includes(`"${urn}"`))).toEqual([]);
  expect(personas.filter(({ row }) => row.includes(`"${cast.citizen}"`))).toEqual([]);
  expect(await talk.query(`SELECT 1 FROM contact WHERE title IS NULL`)).toEqual([]);

  // As they lie on the disk, by their ids, and by the transaction that wrote them.
  for (const by of ['a.ctid', 'a.id', 'a.session_id']) {
    expect(await words(by)).not.toEqual(order);
    expect((await words(by)).toSorted()).toEqual(order.toSorted());
  }
  expect(
    await talk.query('SELECT DISTINCT xmin::text FROM session UNION SELECT DISTINCT xmin::text FROM answer'),
  ).toHaveLength(1);
  const exported = (await exportOf(talk.database, 'jiaxing-2014', talk.clock.now().toISOString())) as {
    sessions: { answers: { question: string; value: unknown }[] }[];
  };
  const told = exported.sessions.flatMap((one) =>
    one.answers.filter(({ question }) => question === 'comment'),
  );
  expect(told).toHaveLength(order.length);
  expect(told.map(({ value }) => value)).not.toEqual(order);

  // Later days are mixed among themselves; whoever comes again is a new stranger.
  talk.clock.set('2026-06-26T10:00:00+08:00');
  await says(talk, people[0] ?? '', ['survey', ...answers]);
  await sweep(talk);
  expect(await words('a.id')).toHaveLength(order.length + 1);
});

test('a crash between the halves loses nothing: the sweep can be run again, by several at once', async () => {
  const talk = await stage({ language: 'en' });
  await says(talk, 'wechat:citizen', ['survey', ...answers]);
  await says(talk, 'wechat:under-way', ['survey', ...answers.slice(0, 2)]);
  await delivered(talk, 'wechat');
  talk.clock.advance(3_600_001);
  await Promise.all([sweep(talk), sweep(talk), sweep(talk)]);
  await sweep(talk);
  await says(talk, 'wechat:under-way', answers.slice(2));
  expect(
    await talk.query(
      `SELECT status, (SELECT count(*)::int FROM answer a WHERE a.session_id = s.id) AS answers FROM session s`,
    ),
  ).toEqual([
    { status: 'completed', answers: 5 },
    { status: 'completed', answers: 5 },
  ]);
});

const stored = (talk: Talk) =>
  talk.query(
    `SELECT (SELECT count(*) FROM session)::int AS sessions, (SELECT count(*) FROM answer)::int AS answers`,
  );

test('what was not submitted is deleted: left, or silent for too long', async () => {
  const talk = await stage();
  await says(talk, 'wechat:left', ['评价', '不满意', '1']);
  await says(talk, 'wechat:silent', ['评价', '满意']);
  expect(await stored(talk)).toEqual([{ sessions: 2, answers: 3 }]);
  const heard = await talk.says('wechat:left', '退出');
  expect(heard.at(-1)?.text).toBe('已退出，已填的内容已删除。感谢您！');
  expect(await stored(talk)).toEqual([{ sessions: 1, answers: 1 }]);
  for (const later of ['2026-06-22T14:00:00+08:00', '2026-06-23T16:00:00+08:00']) {
    talk.clock.set(later);
    expect(await wakeSessions(talk.options, 100)).toBe(1);
  }
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0 }]);
  expect(JSON.stringify(await exportOf(talk.database, 'jiaxing-2014', ''))).not.toContain('"level"');
  await delivered(talk, 'wechat');
  expect(await talk.query('SELECT 1 FROM outbox WHERE channel = $1', ['wechat'])).toEqual([]);
});

test('nothing of it is kept for somebody who can’t be reached', async () => {
  const talk = await stage();
  await says(talk, 'wechat:gone', ['评价', '满意', '10', '跳过', '不用了']);
  await talk.says('wechat:gone', '你好', { room: 'wechat:room/hall' });
  await delivered(talk, 'wechat', () => Promise.reject(new SendFault('unreachable', 'deleted us')));
  expect(await talk.query(`SELECT status FROM outbox WHERE channel = 'wechat'`)).toEqual([]);
});

test('a photo in an anonymous survey leads to nobody; one that was not submitted is deleted', async () => {
  const text = (await campaignText('jiaxing-2014')).replace(
    '      - id: call-back\n',
    `      - id: picture
        type: photo
        required: false
        label: { zh-CN: 有照片吗？, en: A photo? }
      - id: call-back\n`,
  );
  const talk = await stage({ campaign: { text } });
  const rate = async (urn: string, bytes: Uint8Array) => {
    await says(talk, urn, ['评价', '满意', '10', '跳过']);
    talk.clock.advance(37_000);
    await talk.says(urn, '', { files: [{ name: 'mine.png', mime: 'image/png', bytes }] });
  };
  await rate('wechat:submits', photo(1000));
  await says(talk, 'wechat:submits', ['不用了']);
  await rate('wechat:leaves', photo(2000));
  await says(talk, 'wechat:leaves', ['退出']);
  expect(await talk.query('SELECT urn, name, external_id, message_seq FROM attachment')).toEqual(
    Array(2).fill({ urn: null, name: null, external_id: '', message_seq: '0' }),
  );
  const rows = await everything(talk);
  expect(joined('wechat:submits', rows)).toEqual([]);
  expect(rowsOf('wechat:submits', rows).map(({ table }) => table)).not.toContain('attachment');
  await sweep(talk);
  expect(await talk.query('SELECT size FROM attachment')).toEqual([{ size: photo(1000).byteLength }]);
  expect(await talk.query('SELECT 1 FROM attachment_content')).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { type Channel, SendFault } from '../../src/channels/channel.ts';
import { type Clock, machineClock } from '../../src/clock.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import { wakeSessions } from '../../src/conversation/wake.ts';
import { startDispatcher } from '../../src/jobs/dispatcher.ts';
import { forgetTraces } from '../../src/jobs/forgetting.ts';
import { lookAfterCases } from '../../src/jobs/rating-cases.ts';
import { exportOf } from '../../src/report/export.ts';
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

const answers = ['very dissatisfied', '1, 3', '20 minutes', 'the queue was long'];

/** Says these one after another, each at an instant of its own; gives the last that was heard. */
async function says(talk: Talk, urn: string, words: string[]): Promise<string> {
  let last = '';
  for (const text of words) {
    talk.clock.advance(37_123);
    last = (await talk.says(urn, text)).at(-1)?.text ?? last;
  }
  return last;
}

/** The receipt at the end of a survey, in either language. */
function receiptIn(goodbye: string | undefined): string {
  const [code = ''] = /[34679ACFHJKMNPRTVWXY]{4}(?:-[34679ACFHJKMNPRTVWXY]{4}){2}/.exec(goodbye ?? '') ?? [];
  expect(code).not.toBe('');
  return code;
}

/** Codes of cases handled by one unit, each a kind of matter of its own. */
async function caseCodes(talk: Talk, count: number): Promise<string[]> {
  const codes = [...'34679ACFHJKMN'].slice(0, count).map((letter) => letter.repeat(10));
  await talk.query(
    `INSERT INTO survey_code (code, campaign_id, kind, unit_id, matter, created_at)
     SELECT g.code, u.campaign_id, 'case', u.id, 'matter ' || ascii(g.code), '2026-06-01'
     FROM unnest($1::text[]) AS g(code), unit u WHERE u.code = 'pinghu'`,
    [codes],
  );
  return codes;
}

const sweep = (talk: Talk, machine: Clock = machineClock) => forgetTraces({ ...talk.options, machine });

/** An hour and some later, by both clocks. */
async function laterSweep(talk: Talk): Promise<void> {
  talk.clock.advance(3_600_001);
  await sweep(talk, { now: () => new Date(Date.now() + 3_600_000 + 60_000) });
}

interface Stored {
  table: string;
  row: string;
  /** Of the transactions that wrote and locked it. */
  transactions: string[];
}

/** Every row of every table, as JSON. */
async function everything(talk: Talk): Promise<Stored[]> {
  const tables = await talk.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%migrations'`,
  );
  const rows: Stored[] = [];
  for (const { name } of tables)
    for (const { row, transactions } of await talk.query<Stored>(
      `SELECT to_jsonb(t)::text AS row, ARRAY[t.xmin::text, t.xmax::text] AS transactions FROM ${name} t`,
    ))
      rows.push({ table: name, row, transactions });
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

/** Where answers are, under way and afterwards, and what follows from them. */
const told = ['session', 'answer', 'rating', 'rating_case', 'rating_case_event', 'rating_tally'];

/** What citizens told that stands next to the person, or shares a key with a row that does. */
function joined(urn: string, rows: Stored[]): string[] {
  const theirs = rowsOf(urn, rows);
  const keys = new Set(theirs.flatMap(keysOf));
  return rows
    .filter(({ table }) => told.includes(table))
    .filter((row) => theirs.includes(row) || keysOf(row).some((key) => keys.has(key)))
    .map(({ row }) => row);
}

/** The same by transaction: those of rows that name the person, by address or id, and of what was told and the code used for it. */
function writtenTogether(urn: string, rows: Stored[]): string[] {
  const [contact = ''] =
    rows.find(({ table, row }) => table === 'urn' && row.includes(`"${urn}"`))?.row.match(ids) ?? [];
  expect(contact).not.toBe('');
  const theirs = rows.filter(({ row }) => row.includes(`"${urn}"`) || row.includes(contact));
  const known = new Set(theirs.flatMap(({ transactions }) => transactions.filter((one) => one !== '0')));
  return rows
    .filter(
      ({ table, row }) => told.includes(table) || (table === 'survey_code' && row.includes('"used": true')),
    )
    .filter(({ transactions }) => transactions.some((one) => known.has(one)))
    .map(({ table }) => table);
}

const people = Array.from({ length: 12 }, (_, index) => `wechat:citizen-${index}`);
const count = async (talk: Talk, table: string) =>
  (await talk.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;

test('ratings and what follows from them share no id, number or instant with anything that leads to a person', async () => {
  const talk = await stage({ language: 'en' });
  const codes = await caseCodes(talk, 3);
  for (const [index, urn] of people.slice(0, 3).entries()) {
    const code = codes[index] ?? '';
    const holding = async (text: string) =>
      (await everything(talk)).filter(({ row }) => row.includes(text)).map(({ table }) => table);
    await says(talk, urn, ['language English', `survey ${code}`, ...answers.slice(0, 3)]);
    // Under way it has to be known whose answers they are; so this test can fail.
    expect(joined(urn, await everything(talk))).not.toEqual([]);
    expect(await holding(code)).toContain('session');
    const receipt = receiptIn(await says(talk, urn, answers.slice(3)));
    expect(await count(talk, 'rating')).toBe(index + 1);
    expect(await count(talk, 'rating_case')).toBe(index + 1);
    expect(joined(urn, await everything(talk)), 'while the goodbye waits').toEqual([]);
    expect(await holding(code)).toEqual(['survey_code']);
    expect(await holding(receipt)).toEqual(['outbox']);
    const texts = await delivered(talk, 'wechat');
    expect(texts.at(-1)).toContain('Your answers help');
    expect(texts.at(-1)).toContain(receipt);
    expect(joined(urn, await everything(talk)), 'after it was sent').toEqual([]);
    for (const form of [receipt, receipt.replaceAll('-', ''), receipt.toLowerCase()])
      expect(await holding(form), 'the receipt').toEqual([]);
  }
  expect(await count(talk, 'session')).toBe(0);
  expect(await count(talk, 'answer')).toBe(0);
  const [first] = await talk.query<object>(
    `SELECT r.*, c.number, c.opened_on::text, c.wake_at, c.contact
     FROM (SELECT source, day::text, level, answers, marks, struck, id FROM rating) r JOIN rating_case c ON c.rating_id = r.id`,
  );
  expect(first).toEqual({
    id: expect.any(String),
    source: 'chat',
    day: '2026-06-22',
    level: 1,
    answers: { level: 1, reasons: ['attitude', 'waiting'], 'waiting-minutes': 20, comment: answers[3] },
    // All three have written the same words.
    marks: ['same-comment'],
    struck: false,
    number: expect.any(Number),
    opened_on: '2026-06-22',
    // When the working time of the day begins, whenever it was opened.
    wake_at: new Date('2026-06-22T08:00+08:00'),
    contact: null,
  });
  // By chance: in the order in which they came the numbers would rise.
  const cases = await talk.query<{ number: number }>('SELECT number FROM rating_case');
  for (const { number } of cases) expect(number).toBeGreaterThanOrEqual(1000);
});

test('what is kept of a conversation holds no answer', async () => {
  const talk = await stage({ language: 'en' });
  for (const urn of ['wechat:citizen', cast.citizen]) {
    await says(talk, urn, ['language English', 'survey', ...answers]);
    await delivered(talk, urn === cast.citizen ? 'console' : 'wechat');
  }
  for (const { table, row } of await everything(talk))
    if (!['rating', 'flow', 'campaign', 'campaign_version', 'indicator_set'].includes(table))
      expect([table, row]).not.toEqual([
        table,
        expect.stringMatching(/dissatisfied|20 minutes|queue was long|Waited too long|"n": 20/i),
      ]);
  expect(await count(talk, 'rating')).toBe(2);
  expect(
    await talk.query(
      'SELECT 1 FROM outbox WHERE session_id IS NOT NULL OR (forget AND contact_id IS NOT NULL)',
    ),
  ).toEqual([]);
  // The page reads its messages here: it can still show the goodbye, with the receipt, until the next sweep.
  const goodbye = (await talk.said(cast.citizen)).at(-1)?.text;
  expect(goodbye).toContain('Your answers help');
  const receipt = receiptIn(goodbye);
  await laterSweep(talk);
  expect((await everything(talk)).filter(({ row }) => row.includes(receipt))).toEqual([]);
});

/** What lies on the disk, by an order: the comment of each rating. */
const ordered = async (talk: Talk, by: string) =>
  (
    await talk.query<{ words: string }>(
      `SELECT r.answers ->> 'comment' AS words FROM rating r LEFT JOIN rating_case c ON c.rating_id = r.id ORDER BY ${by}`,
    )
  ).map(({ words }) => words);

const tallied = (talk: Talk) =>
  talk.query(
    `SELECT since::text, source, level, sum(n)::int AS n FROM rating_tally GROUP BY 1, 2, 3 HAVING sum(n) <> 0 ORDER BY 1, 2, 3`,
  );
const counted = (talk: Talk) =>
  talk.query(
    `SELECT date_trunc('week', day::timestamp)::date::text AS since, source, level, count(*)::int AS n FROM rating GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );

test('the sweep leaves no trace of who took part, and no order', async () => {
  const talk = await stage({ language: 'en' });
  const order: string[] = [];
  for (const urn of [...people, cast.citizen]) {
    await says(talk, urn, ['survey', ...answers.slice(0, 3), `my number was ${order.length}`]);
    order.push(`my number was ${order.length}`);
  }
  await delivered(talk, 'wechat');
  await delivered(talk, 'console');
  const ratings = () => talk.query('SELECT * FROM rating ORDER BY id');
  const cases = () => talk.query('SELECT * FROM rating_case ORDER BY id');
  const before = [await ratings(), await cases(), await tallied(talk)];
  expect(before[0]).toHaveLength(order.length);
  expect(before[1]).toHaveLength(order.length);

  // A message that comes again is known for an hour.
  await sweep(talk);
  expect(await talk.query(`SELECT count(*)::int AS n FROM inbox WHERE status = 'done'`)).toEqual([
    { n: 13 * 5 },
  ]);
  await laterSweep(talk);

  const rows = await everything(talk);
  const personas = rows.filter(({ table }) => !['urn', 'contact', 'campaign'].includes(table));
  for (const urn of people) expect(rows.filter(({ row }) => row.includes(`"${urn}"`))).toEqual([]);
  expect(personas.filter(({ row }) => row.includes(`"${cast.citizen}"`))).toEqual([]);
  expect(await talk.query(`SELECT 1 FROM contact WHERE title IS NULL`)).toEqual([]);

  // As they lie on the disk, by their ids and numbers, and by the transaction that wrote them.
  for (const by of ['r.ctid', 'r.id', 'c.ctid', 'c.id', 'c.number', 'r.receipt']) {
    expect([by, await ordered(talk, by)]).not.toEqual([by, order]);
    expect((await ordered(talk, by)).toSorted()).toEqual(order.toSorted());
  }
  const writers = (table: string) => talk.query<{ xmin: string }>(`SELECT DISTINCT xmin::text FROM ${table}`);
  expect(await writers('rating')).toHaveLength(1);
  for (const table of ['rating_case', 'rating_tally'])
    expect(await writers(table)).toEqual(await writers('rating'));
  // Nothing else has changed: ids, numbers, cases, and the tally is what the ratings add up to.
  expect([await ratings(), await cases(), await tallied(talk)]).toEqual(before);
  expect(await tallied(talk)).toEqual(await counted(talk));
  const exported = (await exportOf(talk.database, 'jiaxing-2014', talk.clock.now().toISOString())) as {
    ratings: { day: string; answers: { comment: string } }[];
  };
  expect(exported.ratings).toHaveLength(order.length);
  expect(exported.ratings.map(({ answers: { comment } }) => comment)).not.toEqual(order);
  expect(JSON.stringify(exported)).not.toContain('receipt');

  // Later days are mixed among themselves; whoever comes again is a new stranger.
  talk.clock.set('2026-06-26T10:00:00+08:00');
  await says(talk, people[0] ?? '', ['survey', ...answers]);
  await sweep(talk);
  expect(await ordered(talk, 'r.id')).toHaveLength(order.length + 1);
  expect(await writers('rating')).toHaveLength(2);
  expect(await tallied(talk)).toEqual(await counted(talk));
});

test('of somebody who stays known no row shares a transaction with their rating, its case, its code or its count', async () => {
  const talk = await stage({ language: 'en' });
  const [code] = await caseCodes(talk, 1);
  const { liaison } = cast;
  const receipt = receiptIn(await says(talk, liaison, [`survey ${code}`, ...answers]));
  const together = async () => new Set(writtenTogether(liaison, await everything(talk)));
  // Until the sweep the last turn is told by the lock that it took; so this test can fail.
  expect([...(await together())].toSorted()).toEqual([
    'rating',
    'rating_case',
    'rating_tally',
    'survey_code',
  ]);
  await delivered(talk, 'console');
  await laterSweep(talk);
  expect([...(await together())]).toEqual([]);

  // What the receipt is used for, days later, when their rating is not written anew any more.
  talk.clock.set('2026-07-01T15:00:00+08:00');
  const audited = await count(talk, 'audit');
  for (const words of [
    `receipt ${receipt}`,
    `what about ${receipt.toLowerCase()}?`,
    `call me ${receipt} at the help desk 8001`,
  ]) {
    await says(talk, liaison, [words]);
    await delivered(talk, 'console');
  }
  expect([...(await together())].toSorted()).toEqual(['rating', 'rating_case']);
  const inbox = await talk.query<{ body: string }>('SELECT body::text FROM inbox');
  expect(inbox).not.toEqual([]);
  for (const { body } of inbox) expect(body).not.toMatch(new RegExp(`${receipt}|help desk`, 'i'));
  await laterSweep(talk);
  expect([...(await together())]).toEqual([]);
  await says(talk, liaison, [`erase rating ${receipt} confirm`]);
  expect([...(await together())].toSorted()).toEqual(['rating_case', 'rating_tally']);
  await delivered(talk, 'console');
  await laterSweep(talk);
  expect([...(await together())]).toEqual([]);
  expect(await count(talk, 'rating')).toBe(0);
  expect(await tallied(talk)).toEqual([]);
  expect(await count(talk, 'audit'), 'what somebody does as a citizen is no event').toBe(audited);
});

test('a message that is delivered again rates no second time', async () => {
  const talk = await stage({ language: 'en' });
  await says(talk, 'wechat:citizen', ['survey', ...answers]);
  const receive = createReceive({
    database: talk.database,
    clock: talk.clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  const again = async () => {
    for (const [index, text] of ['survey', ...answers].entries())
      await receive({
        channel: 'wechat',
        account: 'wechat',
        externalId: `message-${index + 1}`,
        urn: 'wechat:citizen',
        kind: 'text',
        text,
        addressed: true,
        slash: false,
        files: [],
        sentAt: talk.clock.now().toISOString(),
      });
    while ((await takeTurns(talk.options)) > 0);
  };
  const kept = async () => [
    await talk.query('SELECT id, receipt FROM rating'),
    await count(talk, 'rating_case'),
    await count(talk, 'session'),
    await tallied(talk),
  ];
  const before = await kept();
  expect(before).toMatchObject([[{}], 1, 0, [{ level: 1, n: 1 }]]);
  await again();
  await delivered(talk, 'wechat');
  await sweep(talk);
  await again();
  expect(await kept()).toEqual(before);
  expect(await delivered(talk, 'wechat')).toEqual([]);
});

test('what is told of a negative rating tells no instant: its owner hears on the hour, with the day alone', async () => {
  const talk = await stage({ language: 'en' });
  talk.clock.set('2026-06-22T10:41:07+08:00');
  const heard = await talk.during(() => says(talk, 'wechat:citizen', ['survey', ...answers]));
  expect(heard.filter(({ to }) => to !== 'wechat:citizen')).toEqual([]);
  // At each full hour, by the schedule.
  talk.clock.set('2026-06-22T11:00:00+08:00');
  const news = await talk.during(() => lookAfterCases(talk.options));
  expect(news.map(({ to }) => to)).toEqual([cast.coordinator]);
  await talk.query(`UPDATE outbox SET status = 'sent', sent_at = created_at WHERE channel = 'console'`);
  const told = (await everything(talk)).filter(({ table }) => table !== 'inbox' && table !== 'outbox');
  for (const { table, row } of told.filter(({ table: name }) => name.startsWith('rating')))
    expect([table, row]).not.toEqual([table, expect.stringMatching(/T02:(?!00:00)|T10:|10:4\d/)]);
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
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0, ratings: 2 }]);
  expect(await talk.query('SELECT DISTINCT answers FROM rating')).toHaveLength(1);
  expect(await tallied(talk)).toEqual(await counted(talk));
  // Each has its case still, and no case has lost its rating.
  expect(await talk.query('SELECT 1 FROM rating_case c JOIN rating r ON r.id = c.rating_id')).toHaveLength(2);
});

const stored = (talk: Talk) =>
  talk.query(
    `SELECT (SELECT count(*) FROM session)::int AS sessions, (SELECT count(*) FROM answer)::int AS answers,
       (SELECT count(*) FROM rating)::int AS ratings`,
  );

test('what was not submitted is deleted: left, or silent for too long', async () => {
  const talk = await stage();
  await says(talk, 'wechat:left', ['评价', '不满意', '1']);
  await says(talk, 'wechat:silent', ['评价', '满意']);
  expect(await stored(talk)).toEqual([{ sessions: 2, answers: 3, ratings: 0 }]);
  const heard = await talk.says('wechat:left', '退出');
  expect(heard.at(-1)?.text).toBe('已退出，已填的内容已删除。感谢您！');
  expect(await stored(talk)).toEqual([{ sessions: 1, answers: 1, ratings: 0 }]);
  for (const later of ['2026-06-22T14:00:00+08:00', '2026-06-23T16:00:00+08:00']) {
    talk.clock.set(later);
    expect(await wakeSessions(talk.options, 100)).toBe(1);
  }
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0, ratings: 0 }]);
  expect(await tallied(talk)).toEqual([]);
  expect(JSON.stringify(await exportOf(talk.database, 'jiaxing-2014', ''))).not.toContain('"level"');
  await delivered(talk, 'wechat');
  expect(await talk.query('SELECT 1 FROM outbox WHERE channel = $1', ['wechat'])).toEqual([]);
});

test('a code of a case that was not rated to the end can be used by whoever comes next', async () => {
  const talk = await stage({ language: 'en' });
  const [code] = await caseCodes(talk, 1);
  const used = () => talk.query('SELECT used FROM survey_code');
  await says(talk, 'wechat:left', [`survey ${code}`, ...answers.slice(0, 2), 'quit']);
  expect(await used()).toEqual([{ used: false }]);
  await says(talk, 'wechat:next', [`survey ${code}`, ...answers]);
  expect(await used()).toEqual([{ used: true }]);
  expect(await talk.query('SELECT matter, source FROM rating')).toEqual([
    { matter: 'matter 51', source: 'chat' },
  ]);
  await says(talk, 'wechat:third', [`survey ${code}`]);
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0, ratings: 1 }]);
});

test('nothing of it is kept for somebody who can’t be reached', async () => {
  const talk = await stage();
  await says(talk, 'wechat:gone', ['评价', '满意', '10', '跳过']);
  await talk.says('wechat:gone', '你好', { room: 'wechat:room/hall' });
  await delivered(talk, 'wechat', () => Promise.reject(new SendFault('unreachable', 'deleted us')));
  expect(await talk.query(`SELECT status FROM outbox WHERE channel = 'wechat'`)).toEqual([]);
});

test('a photo that somebody sends into a survey, which asks for none, leads to nobody and is deleted', async () => {
  const talk = await stage();
  await says(talk, 'wechat:citizen', ['评价', '满意', '10']);
  talk.clock.advance(37_000);
  const bytes = photo(1000);
  await talk.says('wechat:citizen', '', { files: [{ name: 'mine.png', mime: 'image/png', bytes }] });
  expect(await talk.query('SELECT urn, name, external_id, message_seq FROM attachment')).toEqual([
    { urn: null, name: null, external_id: '', message_seq: '0' },
  ]);
  const rows = await everything(talk);
  expect(rowsOf('wechat:citizen', rows).map(({ table }) => table)).not.toContain('attachment');
  await sweep(talk);
  expect(await count(talk, 'attachment')).toBe(0);
  expect(await count(talk, 'attachment_content')).toBe(0);
  await says(talk, 'wechat:citizen', ['跳过']);
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0, ratings: 1 }]);
});

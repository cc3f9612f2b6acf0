import { expect, test } from 'vitest';
import { lookAfterCases } from '../../../src/jobs/rating-cases.ts';
import { cast, stage } from '../../conversation/stage.ts';
import { photo } from '../../story/photo.ts';
import {
  answers,
  caseCodes,
  count,
  delivered,
  laterSweep,
  people,
  receiptIn,
  says,
  stored,
  sweep,
  tallied,
} from './ground.ts';
import { everything, joined, rowsOf, writtenTogether } from './rows.ts';

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

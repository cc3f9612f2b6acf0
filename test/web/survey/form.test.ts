import { describe, expect, test } from 'vitest';
import { assetPaths } from '../../../src/web/survey/assets.ts';
import { fieldName } from '../../../src/web/survey/fields.ts';
import { campaignText } from '../../conversation/campaign-stage.ts';
import { type Answer, hiddenIn, locationOf, openHouse, visitor, wordsOf } from './house.ts';

const good = { [fieldName('level')]: '5' };
const bad = { [fieldName('level')]: '1', [fieldName('reasons')]: ['waiting', 'other'] };

test('a rating is stored, answered with a receipt, and counted once however often its page is sent', async () => {
  const house = await openHouse();
  const code = await house.code();
  const citizen = visitor(house.origin);
  const page = await citizen.get(`/s/${code}`);
  expect(page.status).toBe(200);
  expect(wordsOf(page)).toContain('您对今天的窗口服务满意吗？');
  expect(wordsOf(page)).toContain('评价对象：南湖区');
  const form = hiddenIn(page);
  const sent = await citizen.post(`/s/${code}`, { ...form, ...bad, [fieldName('comment')]: '等了一上午' });
  expect(sent.status).toBe(303);
  expect(await house.ratingsStored()).toEqual([
    {
      level: 1,
      answers: { level: 1, reasons: ['waiting', 'other'], comment: '等了一上午' },
      unit: 'nanhu',
      matter: null,
      source: 'scan',
    },
  ]);
  const receipt = await citizen.get(locationOf(sent));
  expect(receipt.status).toBe(200);
  expect(wordsOf(receipt)).toContain('已收到您的评价，谢谢！');
  expect(wordsOf(receipt)).toMatch(/[34679ACFHJKMNPRTVWXY]{4}(-[34679ACFHJKMNPRTVWXY]{4}){2}/);
  expect(wordsOf(receipt)).toContain('正在核实您反映的情况。');
  expect(wordsOf(receipt)).toContain('等候时间太长、其他');

  // Sent again by a broken network or the back button, and with a second thought.
  expect((await citizen.post(`/s/${code}`, { ...form, ...bad })).status).toBe(303);
  const changed = await citizen.post(`/s/${code}`, { ...form, ...good });
  expect(wordsOf(await citizen.get(locationOf(changed)))).toContain('以您最后一次提交的为准');
  expect(await house.ratingsStored()).toMatchObject([{ level: 5, answers: { level: 5 } }]);
  expect(JSON.stringify(house.logged)).toBe('[]');
});

test('the cookie is sealed, for this page alone, for half an hour and for no script', async () => {
  const house = await openHouse();
  const code = await house.code();
  const citizen = visitor(house.origin);
  const page = await citizen.get(`/s/${code}`);
  expect(page.headers.getSetCookie()).toEqual([]);
  const sent = await citizen.post(`/s/${code}`, { ...hiddenIn(page), ...good });
  const cookies = sent.headers.getSetCookie();
  expect(cookies).toEqual([
    expect.stringMatching(
      new RegExp(`^rated=[\\w-]{40,}; Path=/s/${code}; Max-Age=1800; HttpOnly; SameSite=Strict$`),
    ),
  ]);
  const receipt = receiptOn(await citizen.get(locationOf(sent)));
  expect(receipt).not.toBe('');
  for (const part of receipt.split('-')) expect(cookies.join()).not.toContain(part);
  const secure = await openHouse({ doors: { publicUrl: () => 'https://example.test' } });
  const other = visitor(secure.origin);
  const there = await secure.code();
  const stored = await other.post(`/s/${there}`, { ...hiddenIn(await other.get(`/s/${there}`)), ...good });
  expect(stored.headers.getSetCookie()[0]).toContain('; Secure');
});

const receiptOn = ({ text }: Answer) => /<p class="receipt">([^<]+)</.exec(text)?.[1] ?? '';

test('a device that has rated tells the next person that, and nothing of the rating', async () => {
  const house = await openHouse();
  const code = await house.code();
  const tablet = visitor(house.origin);
  const form = { ...hiddenIn(await tablet.get(`/s/${code}`)), ...bad, [fieldName('comment')]: '不给别人看' };
  const sent = await tablet.post(`/s/${code}`, form);
  const receipt = receiptOn(await tablet.get(locationOf(sent)));
  const next = await tablet.get(`/s/${code}`);
  expect(next.status).toBe(200);
  expect(wordsOf(next)).toContain('本设备今天已评过');
  for (const hidden of [
    '不给别人看',
    '等候时间太长',
    receipt,
    receipt.slice(-4),
    'withdraw',
    'name="receipt"',
  ])
    expect(next.text).not.toContain(hidden);
  expect(wordsOf(await tablet.get(`/s/${code}?lang=en`))).toContain('This device has already rated today');

  // Only who has read the receipt knows how it ends.
  for (const last of ['', 'AAAA', receipt.slice(-3)]) {
    const wrong = await tablet.post(`/s/${code}`, { do: 'mine', last });
    expect([wrong.status, wrong.text.includes('不给别人看')]).toEqual([422, false]);
  }
  const mine = await tablet.post(`/s/${code}`, { do: 'mine', last: receipt.slice(-4).toLowerCase() });
  expect(wordsOf(await tablet.get(locationOf(mine)))).toContain('不给别人看');
  for (let guess = 0; guess < 7; guess += 1) await tablet.post(`/s/${code}`, { do: 'mine', last: 'AAAA' });
  const barred = await tablet.post(`/s/${code}`, { do: 'mine', last: receipt.slice(-4) });
  expect([barred.status, barred.text.includes('输错的次数过多')]).toEqual([429, true]);

  // Somebody else: a form and a rating of their own.
  const fresh = await tablet.post(`/s/${code}`, { do: 'another' });
  const theirs = await tablet.get(locationOf(fresh));
  expect(theirs.text).not.toContain('不给别人看');
  await tablet.post(`/s/${code}`, { ...hiddenIn(theirs), ...good });
  expect((await house.ratingsStored()).map(({ level }) => level)).toEqual([1, 5]);

  const forgotten = await tablet.post(`/s/${code}`, { do: 'forget' });
  expect(forgotten.headers.getSetCookie()[0]).toMatch(/^rated=; .*Max-Age=0/);
  expect(wordsOf(await tablet.get(locationOf(forgotten)))).toContain('没有留下评价记录');
  expect(hiddenIn(await tablet.get(`/s/${code}`))).toHaveProperty('ticket');
});

test('after half an hour a device knows nothing; a form that was left open changes nobody’s rating then', async () => {
  const house = await openHouse();
  const code = await house.code();
  const tablet = visitor(house.origin);
  const [one, two, three] = [
    await tablet.get(`/s/${code}`),
    await tablet.get(`/s/${code}`),
    await tablet.get(`/s/${code}`),
  ];
  await tablet.post(`/s/${code}`, { ...hiddenIn(one), ...good });
  house.machine.advance(10 * 60_000);
  await tablet.post(`/s/${code}`, { ...hiddenIn(two), [fieldName('level')]: '4' });
  expect((await house.ratingsStored()).map(({ level }) => level)).toEqual([4]);
  house.machine.advance(10 * 60_000 + 1);
  await tablet.post(`/s/${code}`, { ...hiddenIn(three), [fieldName('level')]: '3' });
  expect((await house.ratingsStored()).map(({ level }) => level)).toEqual([3, 4]);
  house.machine.advance(30 * 60_000);
  expect(wordsOf(await tablet.get(`/s/${code}`))).toContain('本设备今天已评过');
  house.machine.advance(1);
  expect(hiddenIn(await tablet.get(`/s/${code}`))).toHaveProperty('ticket');
});

test('without cookies the receipt is shown all the same, for ten minutes', async () => {
  const house = await openHouse();
  const code = await house.code();
  const page = await visitor(house.origin).get(`/s/${code}`);
  const sent = await visitor(house.origin).post(`/s/${code}`, { ...hiddenIn(page), ...good });
  const at = locationOf(sent);
  expect(wordsOf(await visitor(house.origin).get(at))).toContain('回执码');
  house.machine.advance(10 * 60_000 + 1);
  expect(hiddenIn(await visitor(house.origin).get(at))).toHaveProperty('ticket');
});

describe('without a script', () => {
  test('what an answer leads to is asked on the same page, and what was answered is kept', async () => {
    const house = await openHouse();
    const code = await house.code();
    const citizen = visitor(house.origin);
    const page = await citizen.get(`/s/${code}`);
    expect(page.text).toMatch(/id="q-reasons"[^>]* hidden/);
    const first = await citizen.post(`/s/${code}`, {
      ...hiddenIn(page),
      [fieldName('level')]: '2',
      [fieldName('comment')]: '</textarea><script>alert(1)</script>',
    });
    expect(first.status).toBe(200);
    expect(first.text).not.toMatch(/id="q-reasons"[^>]* hidden/);
    expect(first.text).toContain('根据您的回答，增加了下面标出的题目');
    expect(first.text).toMatch(/value="2" checked/);
    expect(first.text).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>');
    const missing = await citizen.post(`/s/${code}`, { ...hiddenIn(first), [fieldName('level')]: '2' });
    expect(missing.status).toBe(422);
    expect(wordsOf(missing)).toContain('请回答这一题。');
    expect(missing.text).toMatch(/<fieldset class="question wrong" id="q-reasons"/);
    expect(await house.ratingsStored()).toEqual([]);
    const form = { ...hiddenIn(missing), [fieldName('level')]: '2', [fieldName('reasons')]: ['papers'] };
    expect((await citizen.post(`/s/${code}`, form)).status).toBe(303);
    expect(await house.ratingsStored()).toMatchObject([{ level: 2, answers: { reasons: ['papers'] } }]);
  });

  test('the language can be changed in the middle, and nothing is lost', async () => {
    const house = await openHouse();
    const code = await house.code();
    const citizen = visitor(house.origin);
    const page = await citizen.get(`/s/${code}`);
    const wrong = await citizen.post(`/s/${code}`, {
      ...hiddenIn(page),
      [fieldName('waiting-minutes')]: '70',
    });
    expect(wrong.text).toContain('<html lang="zh-CN">');
    const form = { ...hiddenIn(wrong), [fieldName('waiting-minutes')]: '70' };
    const english = await citizen.post(`/s/${code}`, { ...form, go: 'en' });
    expect(english.text).toContain('<html lang="en">');
    expect(english.text).toContain('value="70"');
    expect(english.text).toContain(`action="/s/${code}?lang=en"`);
    const stored = await citizen.post(`/s/${code}?lang=en`, { ...hiddenIn(english), ...form, ...good });
    expect(wordsOf(await citizen.get(locationOf(stored)))).toContain('Your rating has been received');
    expect(await house.ratingsStored()).toMatchObject([{ answers: { level: 5, 'waiting-minutes': 70 } }]);
  });

  test('more than five questions come on several pages, forwards and back', async () => {
    const house = await openHouse({ text: await withQuestions(12) });
    const code = await house.code();
    const citizen = visitor(house.origin);
    const pages = [await citizen.get(`/s/${code}`)];
    const shown = (page = pages.at(-1)) =>
      [...(page?.text ?? '').matchAll(/id="q-(\w+)"/g)].map(([, id]) => id);
    const go = async (fields: Record<string, string>) => {
      const last = pages.at(-1);
      if (last !== undefined) pages.push(await citizen.post(`/s/${code}`, { ...hiddenIn(last), ...fields }));
    };
    expect(shown()).toEqual(['level', 'q1', 'q2', 'q3', 'q4']);
    await go({ [fieldName('q1')]: 'one' });
    expect(shown()).toEqual(['level', 'q1', 'q2', 'q3', 'q4']);
    await go({ ...good, [fieldName('q1')]: 'one' });
    expect(shown()).toEqual(['q5', 'q6', 'q7', 'q8', 'q9']);
    await go({ [fieldName('q5')]: 'five', go: 'back' });
    expect(shown()).toEqual(['level', 'q1', 'q2', 'q3', 'q4']);
    expect(pages.at(-1)?.text).toContain('value="one"');
    await go({ ...good, [fieldName('q1')]: 'one' });
    expect(pages.at(-1)?.text).toContain('value="five"');
    await go({ [fieldName('q5')]: 'five' });
    expect(shown()).toEqual(['q10', 'q11']);
    await go({ [fieldName('q11')]: 'eleven' });
    expect(pages.at(-1)?.status).toBe(303);
    expect(await house.ratingsStored()).toMatchObject([
      { answers: { level: 5, q1: 'one', q5: 'five', q11: 'eleven' } },
    ]);
  });
});

test('a page is under 50 kB with all that belongs to it, and asks nobody else for anything', async () => {
  const house = await openHouse();
  const citizen = visitor(house.origin);
  const page = await citizen.get(`/s/${await house.code()}`);
  const parts = await Promise.all(Object.values(assetPaths).map((path) => citizen.get(path)));
  expect(parts.map(({ status }) => status)).toEqual([200, 200, 200]);
  const bytes = [page, ...parts].reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  expect(bytes).toBeLessThan(50_000);
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect([page, ...parts].join()).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
});

test('a database that does not answer loses nothing: the form comes back, and counts once', async () => {
  const house = await openHouse();
  const code = await house.code();
  const citizen = visitor(house.origin);
  const page = await citizen.get(`/s/${code}`);
  await house.query('ALTER TABLE rating RENAME TO rating_away');
  const failed = await citizen.post(`/s/${code}`, {
    ...hiddenIn(page),
    ...good,
    [fieldName('comment')]: '很好很好很好很好',
  });
  expect(failed.status).toBe(503);
  expect(failed.text).toContain('很好很好很好很好');
  expect(wordsOf(failed)).toContain('暂时没有保存成功');
  await house.query('ALTER TABLE rating_away RENAME TO rating');
  const form = { ...hiddenIn(failed), ...good };
  expect(form).toMatchObject({ ticket: hiddenIn(page).ticket });
  expect((await citizen.post(`/s/${code}`, form)).status).toBe(303);
  expect(await house.ratingsStored()).toHaveLength(1);
  const logged = JSON.stringify(house.logged);
  expect(logged).toContain('could not be kept');
  expect(logged).not.toMatch(/很好|127\.0\.0\.1/);
});

/** The sample with a questionnaire of so many questions. */
async function withQuestions(count: number): Promise<string> {
  const text = await campaignText('jiaxing-2014');
  const from = text.indexOf('  - id: citizen #');
  const more = Array.from(
    { length: count - 1 },
    (_, index) =>
      `      - { id: q${index + 1}, type: text, required: false, max: 50, label: { zh-CN: 第${index + 1}题, en: Question ${index + 1} } }`,
  );
  return `${text.slice(0, from)}  - id: citizen
    anonymous: true
    title: { zh-CN: 评价, en: Rating }
    questions:
      - { id: level, type: level, label: { zh-CN: 满意吗？, en: Satisfied? } }
${more.join('\n')}
`;
}

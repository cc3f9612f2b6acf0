import { expect, test } from 'vitest';
import { locationOf, visitor, wordsOf } from '../survey/house.ts';
import { openHouse } from './house.ts';

const linkIn = (text: string | undefined) => /\/desk\/in\/[\w-]{43}/.exec(text ?? '')?.[0] ?? '';

test('“看板” gives a link that logs in once; opening it uses nothing up', async () => {
  const house = await openHouse();
  const heard = await house.says('console:centre', '看板');
  expect(heard.map(({ to }) => to)).toEqual(['console:centre']);
  const link = linkIn(heard[0]?.text);
  // A chat that looks behind the link, and the person's own look.
  for (const one of [visitor(house.origin), visitor(house.origin)]) {
    const page = await one.get(link);
    expect([page.status, page.headers.getSetCookie()]).toEqual([200, []]);
  }
  const browser = visitor(house.origin);
  const entered = await browser.post(link, { go: 'in' });
  expect([entered.status, locationOf(entered)]).toEqual([303, '/desk']);
  expect(entered.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^desk=[\w-]{43}; Path=\/desk; HttpOnly; SameSite=Lax$/),
  ]);
  const first = await browser.get('/desk');
  expect([first.status, locationOf(first)]).toEqual([302, '/desk/c/mixed']);
  expect(wordsOf(await browser.get('/desk/c/mixed'))).toContain('总览');
  const again = await visitor(house.origin).post(link, { go: 'in' });
  expect([again.status, again.headers.getSetCookie()]).toEqual([410, []]);
  expect(wordsOf(again)).toContain('只能使用一次');
  expect((await visitor(house.origin).get(link)).status).toBe(410);
});

test('two browsers press the button of one link at once: one gets in', async () => {
  const house = await openHouse();
  const secret = await house.secretFor('console:centre');
  const all = await Promise.all(
    [1, 2, 3, 4].map(() => visitor(house.origin).post(`/desk/in/${secret}`, { go: 'in' })),
  );
  expect(all.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410]);
});

test('a link is good for ten minutes, and only the last one', async () => {
  const house = await openHouse();
  const old = await house.secretFor('console:centre');
  const secret = await house.secretFor('console:centre');
  expect((await visitor(house.origin).post(`/desk/in/${old}`, {})).status).toBe(410);
  house.machine.advance(10 * 60_000);
  expect((await visitor(house.origin).get(`/desk/in/${secret}`)).status).toBe(410);
  expect((await visitor(house.origin).post(`/desk/in/${secret}`, {})).status).toBe(410);
});

test('another site can neither log somebody in nor out', async () => {
  const house = await openHouse();
  const secret = await house.secretFor('console:centre');
  const evil = { 'sec-fetch-site': 'cross-site' };
  expect((await visitor(house.origin).post(`/desk/in/${secret}`, {}, evil)).status).toBe(403);
  const browser = await house.as('console:centre');
  const cookies = new Map(browser.cookies);
  await browser.post('/desk/out', {}, evil);
  for (const [path, value] of cookies) browser.cookies.set(path, value);
  expect((await browser.get('/desk/c/mixed')).status).toBe(200);
});

test('the database has neither links nor cookies, and the message with the link is forgotten once it was sent', async () => {
  const house = await openHouse();
  const heard = await house.says('console:centre', '看板');
  const secret = linkIn(heard[0]?.text).slice('/desk/in/'.length);
  const browser = visitor(house.origin);
  await browser.post(`/desk/in/${secret}`, {});
  const [cookie = ''] = browser.cookies.values();
  const rows = await house.query<{ all: string }>(
    `SELECT coalesce((SELECT jsonb_agg(l)::text FROM web_login l), '') || coalesce((SELECT jsonb_agg(s)::text FROM web_session s), '')
       || (SELECT string_agg(body::text, '') FROM audit) AS all`,
  );
  expect(rows[0]?.all).not.toContain(secret);
  expect(rows[0]?.all).not.toContain(cookie.slice('desk='.length));
  const [row] = await house.query<{ forget: boolean }>('SELECT forget FROM outbox ORDER BY seq DESC LIMIT 1');
  expect(row).toEqual({ forget: true });
});

test('“退出看板” logs out of every browser and voids links; the button logs out of one', async () => {
  const house = await openHouse();
  const [one, two] = [await house.as('console:centre'), await house.as('console:centre')];
  const other = await house.as('console:office');
  const left = await one.post('/desk/out', { go: 'out' });
  expect(left.status).toBe(303);
  expect((await one.get('/desk')).status).toBe(401);
  expect((await two.get('/desk/c/mixed')).status).toBe(200);
  const secret = await house.secretFor('console:centre');
  const three = await house.as('console:centre');
  const heard = await house.says('console:centre', '退出看板');
  expect(heard.map(({ text }) => text)).toEqual([
    '已退出网页看板，共退出2个浏览器，尚未使用的链接也已作废。',
  ]);
  for (const browser of [two, three]) expect((await browser.get('/desk/c/mixed')).status).toBe(401);
  expect((await visitor(house.origin).post(`/desk/in/${secret}`, {})).status).toBe(410);
  expect((await other.get('/desk/c/mixed')).status).toBe(200);
});

test('a session ends after twelve hours, and the cookie of somebody without a part opens nothing', async () => {
  const house = await openHouse();
  const browser = await house.as('console:office');
  const removed = await house.as('console:centre');
  await house.query('DELETE FROM membership WHERE contact_id = $1', [
    await house.contactOf('console:centre'),
  ]);
  for (const path of ['/desk', '/desk/c/mixed', '/desk/c/mixed/findings', '/desk/live/0/c/mixed'])
    expect([path, (await removed.get(path)).status]).toEqual([path, 401]);
  expect(wordsOf(await removed.get('/desk'))).toContain('请先登录');
  house.machine.advance(12 * 3_600_000 - 1);
  expect((await browser.get('/desk/c/mixed')).status).toBe(200);
  house.machine.advance(1);
  expect((await browser.get('/desk/c/mixed')).status).toBe(401);
});

test('nobody who is not logged in sees anything, and citizens get no link', async () => {
  const house = await openHouse();
  for (const path of ['/desk', '/desk/c/mixed', '/desk/c/other', '/desk/c/mixed/findings/1/evidence/x'])
    expect([path, (await visitor(house.origin).get(path)).status]).toEqual([path, 401]);
  const heard = await house.says('console:citizen', '看板');
  expect(linkIn(heard.map(({ text }) => text).join())).toBe('');
});

test('headers keep pages out of caches, frames and other sites', async () => {
  const house = await openHouse();
  const browser = await house.as('console:centre');
  const { headers, text } = await browser.get('/desk/c/mixed');
  expect(headers.get('content-security-policy')).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(text).not.toMatch(/ style="|<script>|https?:\/\//);
  expect(JSON.stringify(house.logged)).toBe('[]');
});

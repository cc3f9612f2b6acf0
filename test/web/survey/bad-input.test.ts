import { connect } from 'node:net';
import type { Request } from 'express';
import { describe, expect, test } from 'vitest';
import { handClock } from '../../../src/clock.ts';
import { counter } from '../../../src/web/limits.ts';
import { fieldName } from '../../../src/web/survey/fields.ts';
import { type Answer, bodyOf, hiddenIn, locationOf, openHouse, visitor, wordsOf } from './house.ts';

const good = { [fieldName('level')]: '5' };
const title = ({ text }: Answer) => /<h1>([^<]*)</.exec(text)?.[1];

describe('a link that leads to no questionnaire says why, and what to do next', () => {
  test('in the person’s language', async () => {
    const house = await openHouse();
    for (const path of [
      '/s/AAAAAAAAAA',
      '/s/A',
      `/s/${'9'.repeat(500)}`,
      '/s/%F0%9F%98%80',
      '/s/..%2f..%2fetc',
      '/s/%00',
    ]) {
      const page = await visitor(house.origin).get(path);
      const last = page.status === 302 ? await visitor(house.origin).get(locationOf(page)) : page;
      expect([path, last.status, title(last)]).toEqual([path, 404, '没有找到这个评价页面']);
    }
    const english = await visitor(house.origin, { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.5' }).get(
      '/s/AAAAAAAAAA',
    );
    expect(title(english)).toBe('No such rating page');
    const chosen = await visitor(house.origin).get('/s/AAAAAAAAAA?lang=en');
    expect(wordsOf(chosen)).toContain('ask at the help desk');
    expect((await visitor(house.origin).get('/s/%ff')).status).toBe(400);
  });

  test('closed, expired, used, of a campaign that has not begun', async () => {
    const house = await openHouse();
    const code = await house.code();
    const page = await visitor(house.origin).get(`/s/${code}`);
    const states = [
      [`UPDATE survey_code SET expires_on = '2026-06-21'`, 410, '这个链接已经过期'],
      [`UPDATE survey_code SET expires_on = '2026-06-22', closed_at = now()`, 410, '评价已经结束'],
      ['UPDATE survey_code SET closed_at = NULL, used = true', 409, '这件事已经评价过'],
      [`UPDATE campaign SET status = 'draft'`, 409, '评价还没有开始'],
      [`UPDATE campaign SET status = 'closed'`, 410, '评价已经结束'],
    ] as const;
    for (const [sql, status, words] of states) {
      await house.query(sql);
      const opened = await visitor(house.origin).get(`/s/${code}`);
      expect([sql, opened.status, title(opened)]).toEqual([sql, status, words]);
      const sent = await visitor(house.origin).post(`/s/${code}`, { ...hiddenIn(page), ...good });
      expect([sql, sent.status, title(sent)]).toEqual([sql, status, words]);
      const script = await visitor(house.origin).post(
        `/s/${code}`,
        { ...hiddenIn(page), ...good },
        { accept: 'application/json' },
      );
      expect([script.status, Object.keys(JSON.parse(script.text))]).toEqual([status, ['message']]);
    }
    expect(await house.ratingsStored()).toEqual([]);
  });

  test('a case is rated once: its own citizen still changes it, nobody else adds to it', async () => {
    const house = await openHouse();
    const code = await house.code({ kind: 'case' });
    const [citizen, stranger] = [visitor(house.origin), visitor(house.origin)];
    const [own, other] = [await citizen.get(`/s/${code}`), await stranger.get(`/s/${code}`)];
    const send = (fields: Record<string, string>) =>
      citizen.post(`/s/${code}`, { ...hiddenIn(own), ...fields });
    expect((await send(good)).status).toBe(303);
    const late = await stranger.post(`/s/${code}`, { ...hiddenIn(other), [fieldName('level')]: '4' });
    expect([late.status, title(late)]).toEqual([409, '这件事已经评价过']);
    expect((await stranger.get(`/s/${code}`)).status).toBe(409);
    expect((await send({ [fieldName('level')]: '3' })).status).toBe(303);
    const page = await citizen.get(`/s/${code}`);
    expect(wordsOf(page)).toContain('本设备今天已评过');
    expect(page.text).not.toContain('another=1');
    expect(await house.ratingsStored()).toMatchObject([{ level: 3 }]);
  });

  test('a code as it is printed leads to its page', async () => {
    const house = await openHouse();
    const code = await house.code();
    const printed = `${code.slice(0, 5)}-${code.slice(5).toLowerCase()}`;
    const page = await visitor(house.origin).get(`/s/${printed}?lang=en`);
    expect([page.status, locationOf(page)]).toEqual([302, `/s/${code}?lang=en`]);
  });
});

describe('a form that is not as it was made', () => {
  test('a ticket of nobody or of another survey: the answers come back, and one more tap stores them', async () => {
    const house = await openHouse();
    const [code, other] = [await house.code(), await house.code({ unit: 'xiuzhou' })];
    const citizen = visitor(house.origin);
    const { ticket = '' } = hiddenIn(await citizen.get(`/s/${other}`));
    const form = hiddenIn(await citizen.get(`/s/${code}`));
    for (const made of [ticket, '', 'x', `${form.ticket}x`, form.ticket?.replace(code, other) ?? '']) {
      const page = await citizen.post(`/s/${code}`, { ...form, ...good, ticket: made });
      expect([made, page.status]).toEqual([made, 400]);
      expect(page.text).toMatch(/value="5" checked/);
      expect(wordsOf(page)).toContain('需要再点一次“提交”');
    }
    expect(await house.ratingsStored()).toEqual([]);
    const page = await citizen.post(`/s/${code}`, { ...form, ...good, ticket: '' });
    expect((await citizen.post(`/s/${code}`, { ...hiddenIn(page), ...good })).status).toBe(303);
    expect(await house.ratingsStored()).toHaveLength(1);
  });

  test('of another site', async () => {
    const house = await openHouse();
    const code = await house.code();
    const citizen = visitor(house.origin);
    const form = { ...hiddenIn(await citizen.get(`/s/${code}`)), ...good };
    for (const headers of [{ origin: 'https://elsewhere.test' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await citizen.post(`/s/${code}`, form, headers)).status).toBe(403);
      expect((await citizen.post('/r', { receipt: 'AAAA-AAAA-AAAA' }, headers)).status).toBe(403);
    }
    expect(await house.ratingsStored()).toEqual([]);
    // What a form of ours sends under our referrer policy, and what a script of ours does.
    for (const headers of [
      { origin: 'null' },
      { origin: house.origin },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ])
      expect((await citizen.post(`/s/${code}`, form, headers)).status).toBe(303);
  });

  test('of another kind', async () => {
    const house = await openHouse();
    const code = await house.code();
    const send = (body: string, type: string, more = {}) =>
      visitor(house.origin).ask(`/s/${code}`, {
        method: 'POST',
        body,
        headers: { 'content-type': type, ...more },
      });
    expect((await send('{"level":5}', 'application/json')).status).toBe(422);
    expect((await send('a.level=5', 'application/x-www-form-urlencoded; charset=klingon')).status).toBe(400);
    expect(
      (await send('a.level=5', 'application/x-www-form-urlencoded', { 'content-encoding': 'zip' })).status,
    ).toBe(400);
    expect((await send('a&'.repeat(3000), 'application/x-www-form-urlencoded')).status).toBe(413);
    expect((await send('a.__proto__=1&a.level=%ff%00', 'application/x-www-form-urlencoded')).status).toBe(
      422,
    );
    expect(await house.ratingsStored()).toEqual([]);
    expect(JSON.stringify(house.logged)).toBe('[]');
  });

  test('options and questions that there are not', async () => {
    const house = await openHouse();
    const code = await house.code();
    const citizen = visitor(house.origin);
    const form = hiddenIn(await citizen.get(`/s/${code}`));
    for (const level of ['6', '0', '5.0', '非常满意', '5,5']) {
      const page = await citizen.post(`/s/${code}`, { ...form, [fieldName('level')]: level });
      expect([level, page.status]).toEqual([level, 422]);
      expect(wordsOf(page)).toContain('请从列出的选项中选择。');
    }
    expect((await citizen.post(`/s/${code}`, { ...form, ...good, 'a.other': 'x', other: 'y' })).status).toBe(
      303,
    );
    expect(await house.ratingsStored()).toMatchObject([{ answers: { level: 5 } }]);
  });
});

describe('comments', () => {
  test('of 100 kB come back to be shortened, with every other answer', async () => {
    const house = await openHouse();
    const code = await house.code();
    const citizen = visitor(house.origin);
    const form = hiddenIn(await citizen.get(`/s/${code}`));
    const long = '长'.repeat(34_000);
    const page = await citizen.post(`/s/${code}`, { ...form, ...good, [fieldName('comment')]: long });
    expect(page.status).toBe(422);
    expect(wordsOf(page)).toContain('最多 500 个字，请缩短一些。');
    expect(page.text).toContain(long);
    expect(page.text).toMatch(/value="5" checked/);
    const tooLong = await citizen.post(`/s/${code}`, {
      ...form,
      ...good,
      [fieldName('comment')]: '长'.repeat(100_000),
    });
    expect([tooLong.status, title(tooLong)]).toEqual([413, '内容太长']);
    const english = await citizen.post(`/s/${code}?lang=en`, {
      ...form,
      [fieldName('comment')]: '长'.repeat(100_000),
    });
    expect([english.status, title(english)]).toEqual([413, 'Too long']);
    expect(await house.ratingsStored()).toEqual([]);
  });

  test('of markup, scripts and formulas are words', async () => {
    const house = await openHouse();
    const code = await house.code();
    const citizen = visitor(house.origin);
    const form = hiddenIn(await citizen.get(`/s/${code}`));
    const comment = `=HYPERLINK("http://x.test")<img src=x onerror=alert(1)>\u0007' OR 1=1;--\r\n{{level}} $t(flow:nothing)`;
    const sent = await citizen.post(`/s/${code}`, { ...form, ...good, [fieldName('comment')]: comment });
    expect(await house.ratingsStored()).toMatchObject([
      { answers: { comment: comment.replace('\r\n', '\n') } },
    ]);
    const page = await citizen.get(locationOf(sent));
    expect(page.text).not.toMatch(/<img|<script(?! src="\/survey\/)/);
    expect(page.text).toContain(
      '&lt;img src=x onerror=alert(1)&gt;\ufffd&#39; OR 1=1;--\n{{level}} $t(flow:nothing)',
    );
  });
});

describe('too much', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });

  test('10,000 forms a minute from one address: 120 are taken, others are not hurt, and a minute later it may go on', async () => {
    const house = await openHouse({ doors: { trustProxy: 1 } });
    const code = await house.code();
    const flood = visitor(house.origin, from('198.51.100.7'));
    const { ticket = '' } = hiddenIn(await flood.get(`/s/${code}`));
    const fields = { ticket, ...good };
    const statuses = await flooded(house.origin, {
      each: 1_250,
      sockets: 8,
      request: [
        `POST /s/${code} HTTP/1.1`,
        'host: survey',
        'x-forwarded-for: 198.51.100.7',
        'content-type: application/x-www-form-urlencoded',
        `content-length: ${bodyOf(fields).toString().length}`,
        '',
        bodyOf(fields).toString(),
      ].join('\r\n'),
    });
    expect(statuses).toEqual({ 303: 120, 429: 9_880 });
    expect(await house.ratingsStored()).toHaveLength(1);
    const other = visitor(house.origin, from('198.51.100.8'));
    const sent = await other.post(`/s/${code}`, { ...hiddenIn(await other.get(`/s/${code}`)), ...good });
    expect(sent.status).toBe(303);
    const refused = await flood.post(`/s/${code}?lang=en`, fields);
    expect([title(refused), refused.headers.get('retry-after')]).toEqual(['Please wait', '60']);
    // The page itself can be read all the time.
    expect((await flood.get(`/s/${code}`)).status).toBe(200);
    house.machine.advance(60_000);
    expect((await flood.post(`/s/${code}`, fields)).status).toBe(303);
  });

  test('what an address says of itself is not believed without a proxy', async () => {
    const house = await openHouse();
    const code = await house.code();
    const { ticket = '' } = hiddenIn(await visitor(house.origin).get(`/s/${code}`));
    const statuses: number[] = [];
    for (let sent = 0; sent < 121; sent += 1)
      statuses.push(
        (await visitor(house.origin, from(`198.51.100.${sent}`)).post(`/s/${code}`, { ticket, ...good }))
          .status,
      );
    expect([statuses.slice(0, 120).every((status) => status === 303), statuses[120]]).toEqual([true, 429]);
  });

  test('one device rates one office ten times a day; the eleventh is told before it fills anything in', async () => {
    const house = await openHouse();
    const code = await house.code();
    const phone = () => visitor(house.origin, { 'user-agent': 'one phone' });
    const late = await phone().get(`/s/${code}`);
    for (let visit = 0; visit < 10; visit += 1) {
      const device = phone();
      const form = { ...hiddenIn(await device.get(`/s/${code}`)), ...good };
      expect((await device.post(`/s/${code}`, form)).status).toBe(303);
    }
    const opened = await phone().get(`/s/${code}`);
    expect([opened.status, title(opened)]).toEqual([429, '今天的评价次数已满']);
    // Whoever had the page open already gets the answers back.
    const words = { [fieldName('comment')]: '写了很久' };
    const sent = await phone().post(`/s/${code}`, { ...hiddenIn(late), ...good, ...words });
    expect([sent.status, sent.text.includes('写了很久</textarea>')]).toEqual([429, true]);
    expect(wordsOf(sent)).toContain('同一设备一天内对同一单位的评价次数有限');
    const script = await phone().post(
      `/s/${code}`,
      { ...hiddenIn(late), ...good },
      { accept: 'application/json' },
    );
    expect([script.status, Object.keys(JSON.parse(script.text))]).toEqual([429, ['message']]);
    const other = visitor(house.origin, { 'user-agent': 'another phone' });
    expect(
      (await other.post(`/s/${code}`, { ...hiddenIn(await other.get(`/s/${code}`)), ...good })).status,
    ).toBe(303);
  });

  test('a page that one address loads a thousand times counts as thirty visits a quarter of an hour; others count on', async () => {
    const house = await openHouse({ doors: { trustProxy: 1 } });
    const [code, second] = [await house.code(), await house.code({ unit: 'haiyan' })];
    const opened = () =>
      house.query(
        `SELECT u.code, v.opened FROM survey_visit v JOIN unit u ON u.id = v.unit_id ORDER BY u.code DESC`,
      );
    const load = (path: string) =>
      [`GET ${path} HTTP/1.1`, 'host: survey', 'x-forwarded-for: 198.51.100.7', '', ''].join('\r\n');
    const [once, again] = [
      await flooded(house.origin, { each: 125, sockets: 8, request: load(`/s/${code}`) }),
      await flooded(house.origin, { each: 125, sockets: 8, request: load(`/s/${code}?lang=en`) }),
    ];
    expect([once, again]).toEqual([{ 200: 1000 }, { 200: 1000 }]);
    expect(await opened()).toEqual([{ code: 'nanhu', opened: 30 }]);
    // The same address at another window, and other addresses at this one.
    await visitor(house.origin, from('198.51.100.7')).get(`/s/${second}`);
    for (let n = 8; n < 18; n += 1) await visitor(house.origin, from(`198.51.100.${n}`)).get(`/s/${code}`);
    expect(await opened()).toEqual([
      { code: 'nanhu', opened: 40 },
      { code: 'haiyan', opened: 1 },
    ]);
    house.machine.advance(15 * 60_000);
    await visitor(house.origin, from('198.51.100.7')).get(`/s/${code}`);
    expect(await opened()).toContainEqual({ code: 'nanhu', opened: 41 });
    const rows = await house.query<{ row: string }>(
      'SELECT row_to_json(v)::text AS row FROM survey_visit v UNION ALL SELECT row_to_json(t)::text FROM rating_trace t',
    );
    expect(rows.map(({ row }) => row).join()).not.toContain('198.51');
  });

  test('another spelling of its address is the same page, and a wrong code is no visit', async () => {
    const house = await openHouse();
    const code = await house.code();
    const visits = async () =>
      (await house.query<{ n: number }>('SELECT sum(opened)::int AS n FROM survey_visit'))[0]?.n;
    const one = visitor(house.origin);
    for (let n = 0; n < 31; n += 1) await one.get(`/s/${code}`);
    for (const letters of ['CCCCCCCCCC', 'FFFFFFFFFF', code.toLowerCase()]) await one.get(`/s/${letters}`);
    await one.get(`/s/${code}?x=1`);
    expect(await visits()).toBe(30);
  });

  test('guessed codes: only guesses wait', async () => {
    const house = await openHouse();
    const code = await house.code();
    const guesser = visitor(house.origin);
    for (let guess = 0; guess < 60; guess += 1) expect((await guesser.get('/s/AAAAAAAAAA')).status).toBe(404);
    expect((await guesser.get('/s/AAAAAAAAAA')).status).toBe(429);
    expect((await guesser.get(`/s/${code}`)).status).toBe(200);
    house.machine.advance(10 * 60_000);
    expect((await guesser.get('/s/AAAAAAAAAA')).status).toBe(404);
  });

  test('so many addresses are remembered, and a network of IPv6 is one', () => {
    const clock = handClock('2026-06-22T02:00:00.000Z');
    const guesses = counter({ max: 1, windowMs: 60_000 }, clock);
    const at = (ip: string) => ({ ip }) as Request;
    guesses.add(at('2001:db8:0:1::1'));
    expect(guesses.waitSeconds(at('2001:db8:0:2::9'))).toBe(60);
    expect(guesses.waitSeconds(at('2001:db8:1::1'))).toBe(0);
    for (let a = 0; a < 80; a += 1) for (let b = 0; b < 250; b += 1) guesses.add(at(`10.0.${a}.${b}`));
    expect(guesses.waitSeconds(at('2001:db8:0:1::1'))).toBe(0);
    expect(guesses.waitSeconds(at('10.0.79.249'))).toBe(60);
    clock.advance(59_500);
    expect(guesses.waitSeconds(at('10.0.79.249'))).toBe(1);
    clock.advance(500);
    expect(guesses.waitSeconds(at('10.0.79.249'))).toBe(0);
  });
});

/** Sends the same request over and over on a few connections, without waiting for answers; counts these by status. */
async function flooded(
  origin: string,
  { each, sockets, request }: { each: number; sockets: number; request: string },
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const one = () =>
    new Promise<void>((resolve, reject) => {
      let left = each;
      let rest = '';
      const socket = connect(Number(new URL(origin).port), '127.0.0.1', () =>
        socket.write(request.repeat(each)),
      );
      socket.setEncoding('utf8').on('data', (part: string) => {
        rest += part;
        let end = 0;
        for (const { 0: line, 1: status = '', index } of rest.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
          counts[status] = (counts[status] ?? 0) + 1;
          left -= 1;
          end = index + line.length;
        }
        // A status line may come in two parts.
        rest = rest.slice(Math.max(end, rest.length - 12));
        if (left === 0) socket.destroy();
      });
      socket.on('error', reject).on('close', () => resolve());
    });
  await Promise.all(Array.from({ length: sockets }, one));
  return counts;
}

import { expect, test } from 'vitest';
import { type House, openHouse, type Visitor } from './house.ts';

test('the overview hears of what changes while it is open, and of nothing else', async () => {
  const house = await openHouse();
  const stream = await open(house, await house.as('console:centre'));
  const first = await stream.next();
  expect([first.kind, first.text]).toEqual(['page', expect.stringContaining('<strong>0/3</strong>')]);
  await house.query(
    `UPDATE assignment SET reported_at = now() WHERE id = (
       SELECT a.id FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE NOT v.hidden LIMIT 1)`,
  );
  const second = await stream.next();
  expect([second.kind, second.text]).toEqual(['page', expect.stringContaining('<strong>1/3</strong>')]);
  // Only the clock moves: the next event is the end, when the session is over.
  house.clock.advance(3_600_000);
  await house.says('console:centre', '退出看板');
  expect((await stream.next()).kind).toBe('over');
  expect(await stream.ended()).toBe(true);
});

test('of a visit that is sent out, begun and reported another coordinator’s open page hears nothing (JX-4.4)', async () => {
  const house = await openHouse();
  const [stream, own] = [
    await open(house, await house.as('console:centre')),
    await open(house, await house.as('console:office')),
  ];
  expect([(await stream.next()).kind, (await own.next()).kind]).toEqual(['page', 'page']);
  // What its own coordinator's page hears of, one after another, the other's must have looked for too.
  const heard = async (figures: string) => {
    for (let told = await own.next(); !told.text.includes(figures); told = await own.next())
      expect(told.kind).toBe('page');
  };
  await house.says('console:office', '派暗访 暗访二组 到 城北');
  await heard('<strong>0/6</strong>');
  await house.says('console:team-a', '发现问题 柜台无人');
  await house.query(
    `UPDATE assignment SET reported_at = now() WHERE id = (
       SELECT a.id FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE v.hidden LIMIT 1)`,
  );
  await heard('<strong>1/6</strong>');
  // The first event after all that is the end.
  await house.says('console:centre', '退出看板');
  expect((await stream.next()).kind).toBe('over');
});

test('what changes is told to every page that shows it', async () => {
  const house = await openHouse();
  await house.says('console:inspector-east', '发现问题 西厅无人值守');
  const [coordinator, liaison] = [await house.as('console:centre'), await house.as('console:liaison-west')];
  const pages = [
    { by: coordinator, path: '/findings/1', ordered: '安排AB岗' },
    { by: coordinator, path: '/findings?status=open', ordered: '6月24日' },
    { by: coordinator, path: '/units', ordered: 'class="mark"' },
    { by: coordinator, path: '/units/west', ordered: '待接受' },
    { by: liaison, path: '/mine', ordered: '待接受' },
    { by: liaison, path: '/findings/1', ordered: '安排AB岗' },
    { by: coordinator, path: '/activities/mutual', ordered: '1/3' },
  ];
  const streams = await Promise.all(
    pages.map(async (page) => ({
      ...page,
      stream: await open(house, page.by, `/desk/live/none/c/mixed${page.path}`),
    })),
  );
  for (const { path, ordered, stream } of streams) {
    const { kind, text } = await stream.next();
    expect([path, kind, text.includes(ordered)]).toEqual([path, 'page', false]);
  }
  await house.says('console:centre', '整改 1 6月24日 安排AB岗');
  await house.query(
    `UPDATE assignment SET reported_at = now() WHERE id = (
       SELECT a.id FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE v.code = 'mutual' LIMIT 1)`,
  );
  for (const { path, ordered, stream } of streams) {
    let heard = await stream.next();
    while (!heard.text.includes(ordered)) heard = await stream.next();
    expect([path, heard.kind]).toEqual([path, 'page']);
  }
});

test('what the page showed is not sent again; what is hidden is in the log before it is sent, once', async () => {
  const house = await openHouse();
  const browser = await house.as('console:office');
  const office = await house.contactOf('console:office');
  const seen = () =>
    house.query(`SELECT 1 FROM audit WHERE kind = 'secret.seen' AND body ->> 'by' = $1`, [office]);
  const { text } = await browser.get('/desk/c/mixed/findings');
  const [, address = ''] = /data-live="([^"]+)"/.exec(text) ?? [];
  const stream = await open(house, browser, address);
  await house.says('console:team-a', '发现问题 柜台无人');
  const first = await stream.next();
  expect([first.kind, first.text]).toEqual(['page', expect.stringContaining('柜台无人')]);
  expect(await seen()).toHaveLength(1);
  await house.says('console:team-a', '发现问题 柜台无灯');
  expect((await stream.next()).text).toContain('柜台无灯');
  expect(await seen()).toHaveLength(1);
});

test('it ends with the part that somebody played', async () => {
  const house = await openHouse();
  const stream = await open(house, await house.as('console:centre'));
  expect((await stream.next()).kind).toBe('page');
  await house.query('DELETE FROM membership WHERE contact_id = $1', [
    await house.contactOf('console:centre'),
  ]);
  expect((await stream.next()).kind).toBe('over');
});

/** The events of a stream one after another, comments left out. */
async function open(house: House, browser: Visitor, path = '/desk/live/none/c/mixed') {
  const response = await fetch(`${house.origin}${path}`, {
    headers: { cookie: [...browser.cookies.values()].join('; '), accept: 'text/event-stream' },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^text\/event-stream/),
  ]);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('no body');
  let waiting = '';
  return {
    next: async (): Promise<{ kind: string; text: string }> => {
      for (;;) {
        const end = waiting.indexOf('\n\n');
        if (end >= 0) {
          const block = waiting.slice(0, end);
          waiting = waiting.slice(end + 2);
          const [, kind = '', data = ''] = /^event: (\w+)\ndata: (.*)$/s.exec(block) ?? [];
          if (kind !== '') return { kind, text: (JSON.parse(data) as { markup?: string }).markup ?? '' };
          continue;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        waiting += value;
      }
    },
    ended: async () => (await reader.read()).done,
  };
}

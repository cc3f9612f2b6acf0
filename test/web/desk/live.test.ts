import { expect, test } from 'vitest';
import { type House, openHouse, type Visitor } from './house.ts';

test('the overview hears of what changes while it is open, and of nothing else', async () => {
  const house = await openHouse();
  const stream = await open(house, await house.as('console:centre'));
  const first = await stream.next();
  expect([first.kind, first.text]).toEqual(['figures', expect.stringContaining('<strong>0/3</strong>')]);
  await house.query(
    `UPDATE assignment SET reported_at = now() WHERE id = (
       SELECT a.id FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE NOT v.hidden LIMIT 1)`,
  );
  const second = await stream.next();
  expect([second.kind, second.text]).toEqual(['figures', expect.stringContaining('<strong>1/3</strong>')]);
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
  expect([(await stream.next()).kind, (await own.next()).kind]).toEqual(['figures', 'figures']);
  // What its own coordinator's page hears of, one after another, the other's must have looked for too.
  const heard = async (figures: string) => {
    for (let told = await own.next(); !told.text.includes(figures); told = await own.next())
      expect(told.kind).toBe('figures');
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

test('it ends with the part that somebody played', async () => {
  const house = await openHouse();
  const stream = await open(house, await house.as('console:centre'));
  expect((await stream.next()).kind).toBe('figures');
  await house.query('DELETE FROM membership WHERE contact_id = $1', [
    await house.contactOf('console:centre'),
  ]);
  expect((await stream.next()).kind).toBe('over');
});

/** The events of a stream one after another, comments left out. */
async function open(house: House, browser: Visitor) {
  const response = await fetch(`${house.origin}/desk/c/mixed/live`, {
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

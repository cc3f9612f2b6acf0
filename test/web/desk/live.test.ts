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

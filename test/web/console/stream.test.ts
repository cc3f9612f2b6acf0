import { afterEach, beforeEach, expect, it } from 'vitest';
import { type House, inspectionRoom, openHouse } from './house.ts';
import { hear, post, texts } from './wire.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const as = 'console:inspector-1';
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `m${from + index}`);

it('tells all there is, then what is new, of every conversation of the person', async () => {
  await house.say(as, '私聊');
  await house.say(inspectionRoom, '群聊');
  await house.say('console:coordinator', '别人的');
  const page = await hear(house, as);
  expect(page.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const first = await page.until('ready');
  expect(first.flatMap(({ data }) => (data.entry ? [[data.room, data.entry.text]] : []))).toEqual([
    [null, '私聊'],
    [inspectionRoom, '群聊'],
  ]);
  await house.say('console:coordinator', '别人的二');
  await house.say(as, '新的');
  expect(texts(await page.until('beat'))).toEqual(['新的']);
  await post(house, { id: 'stream-test', as: 'console:coordinator', room: inspectionRoom, text: '各位好' });
  expect(texts(await page.until('beat'))).toEqual(['各位好']);
  page.close();
});

it('tells a change of an entry again, and nothing else', async () => {
  for (const text of numbered(0, 5)) await house.say(as, text);
  const page = await hear(house, as);
  await page.until('ready');
  const row = house.rows[1];
  if (!row) throw new Error('nothing was said');
  await house.settle(row);
  const heard = await page.until('beat');
  expect(heard.map(({ data }) => data.entry && [data.entry.id, data.entry.settled])).toEqual([
    ['m2', true],
    undefined,
  ]);
  page.close();
});

it('goes on where a page stopped, and sends again at most the overlap', async () => {
  for (const text of numbered(0, 150)) await house.say(as, text);
  const before = await hear(house, as);
  const last = (await before.until('ready')).findLast((one) => one.id !== '')?.id;
  before.close();
  for (const text of numbered(150, 160)) await house.say(as, text);
  const after = await hear(house, as, last);
  const heard = texts(await after.until('ready'));
  expect(heard).toEqual(numbered(160 - heard.length, 160));
  expect(heard.length).toBeGreaterThanOrEqual(10);
  expect(heard.length).toBeLessThanOrEqual(10 + 33);
  after.close();
});

it('reads on when more came than one answer of the history holds', async () => {
  for (const text of numbered(0, 60)) await house.say(as, text);
  const before = await hear(house, as);
  const last = (await before.until('ready')).findLast((one) => one.id !== '')?.id;
  before.close();
  for (const text of numbered(60, 700)) await house.say(as, text);
  const after = await hear(house, as, last);
  expect(texts(await after.until('ready')).slice(-640)).toEqual(numbered(60, 700));
  after.close();
  const fresh = await hear(house, as);
  expect(texts(await fresh.until('ready'))).toEqual(numbered(500, 700));
  fresh.close();
});

it('finds a message that was committed after a later one', async () => {
  for (const text of numbered(0, 50)) await house.say(as, text);
  const late = house.rows.pop();
  if (!late) throw new Error('nothing was said');
  await house.say(as, '后开始，先提交');
  const row = house.rows.at(-1);
  if (row) Object.assign(row, { cursor: '60', position: 60 });
  const page = await hear(house, as);
  expect(texts(await page.until('ready')).at(-1)).toBe('后开始，先提交');
  house.rows.push(late);
  house.doorbell.ring(as);
  expect(texts(await page.until('beat'))).toEqual(['m49']);
  page.close();
});

it.each(['', 'x', 'bm90IGpzb24', Buffer.from('{"a":1}').toString('base64url'), 'A'.repeat(5000)])(
  'begins at the beginning for one who comes with %j',
  async (id) => {
    await house.say(as, '您好');
    const page = await hear(house, as, id);
    expect(texts(await page.until('ready'))).toEqual(['您好']);
    page.close();
  },
);

it('hangs up when the history cannot be read, so that the page comes again', async () => {
  const broken = await openHouse({
    history: async () => {
      throw new Error('the database is away');
    },
  });
  const page = await hear(broken, as);
  expect(page.status).toBe(200);
  await page.ended();
  await broken.close();
});

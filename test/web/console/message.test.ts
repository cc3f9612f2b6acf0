import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type House, inspectionRoom, openHouse } from './house.ts';
import { ask, post, postPhoto } from './wire.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const message = { id: 'message-1', as: 'console:inspector-1', text: '收到' };
const faultOf = ({ status, body }: { status: number | undefined; body: string }) => [
  status,
  JSON.parse(body).fault,
];

it('answers only when the message is stored', async () => {
  const order: string[] = [];
  let store = () => {};
  const stored = new Promise<boolean>((resolve) => {
    store = () => {
      order.push('stored');
      resolve(true);
    };
  });
  let begun = () => {};
  const receiving = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = await openHouse({
    receive: () => {
      begun();
      return stored;
    },
  });
  const answer = post(slow, message).then(({ status }) => order.push(`answered ${status}`));
  await receiving;
  // Whatever was answered too early is here before the answer to this.
  await ask(slow, '/console/api/who');
  store();
  await answer;
  expect(order).toEqual(['stored', 'answered 200']);
  await slow.close();
});

it('says whether it was new, and keeps one order even within one instant', async () => {
  const answers = [];
  for (const id of ['message-1', 'message-2', 'message-1'])
    answers.push(JSON.parse((await post(house, { ...message, id })).body));
  expect(answers).toEqual([
    { externalId: 'console:inspector-1/message-1', stored: true },
    { externalId: 'console:inspector-1/message-2', stored: true },
    { externalId: 'console:inspector-1/message-1', stored: false },
  ]);
  expect(house.received.map((one) => one.sentAt)).toEqual([
    '2026-06-22T00:00:00.000000Z',
    '2026-06-22T00:00:00.000001Z',
    '2026-06-22T00:00:00.000002Z',
  ]);
});

it.each([
  ['no JSON', '{"id":'],
  ['no object', '"text"'],
  ['nothing said', { ...message, text: '' }],
  ['no id', { ...message, id: undefined }],
  ['an id that could be another’s', { ...message, id: '../console:coordinator/x' }],
  ['a field of its own', { ...message, urn: 'console:coordinator' }],
  ['no options', { ...message, press: { target: 't', question: 'q', options: [] } }],
  ['too many options', { ...message, press: { target: 't', question: 'q', options: Array(51).fill('a') } }],
])('refuses %s', async (_, body) => {
  expect(faultOf(await post(house, body))).toEqual([400, 'malformed']);
  expect(house.received).toEqual([]);
});

it('refuses a room to those who are not in it', async () => {
  expect((await post(house, { ...message, room: inspectionRoom })).status).toBe(200);
  expect(faultOf(await post(house, { ...message, as: 'console:citizen', room: inspectionRoom }))).toEqual([
    403,
    'stranger',
  ]);
  expect(faultOf(await post(house, { ...message, room: 'slack:T1/C1' }))).toEqual([403, 'stranger']);
});

it('has limits, each with a name', async () => {
  expect((await post(house, { ...message, text: '长'.repeat(20_000) })).status).toBe(200);
  expect(faultOf(await post(house, { ...message, text: '长'.repeat(20_001) }))).toEqual([413, 'text-long']);
  expect(faultOf(await post(house, { ...message, text: '长'.repeat(1_000_000) }))).toEqual([
    413,
    'text-long',
  ]);
  const query = { id: 'message-2', as: 'console:inspector-1' };
  expect((await postPhoto(house, query, new Uint8Array(10 * 1024 * 1024))).status).toBe(200);
  expect(faultOf(await postPhoto(house, query, new Uint8Array(10 * 1024 * 1024 + 1)))).toEqual([
    413,
    'photo-large',
  ]);
  expect(faultOf(await postPhoto(house, query, new Uint8Array(9), 'application/pdf'))).toEqual([
    415,
    'photo-type',
  ]);
  expect(faultOf(await postPhoto(house, query, new Uint8Array(0)))).toEqual([400, 'empty']);
  expect(faultOf(await postPhoto(house, { id: 'message-2' }, new Uint8Array(9)))).toEqual([400, 'malformed']);
});

it('does not unpack what claims to be packed', async () => {
  const headers = { 'content-encoding': 'gzip', 'content-type': 'image/jpeg' };
  expect((await post(house, 'x', headers)).status).toBe(415);
  expect(house.received).toEqual([]);
});

it('keeps the type and the bytes of a photo, and the name as given', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const query = {
    id: 'message-3',
    as: 'console:inspector-1',
    room: inspectionRoom,
    addressed: 'true',
    name: '大厅 "1".jpg',
  };
  await postPhoto(house, query, bytes, 'Image/JPEG; charset=x');
  expect(house.received).toMatchObject([
    {
      kind: 'media',
      room: inspectionRoom,
      addressed: true,
      files: [{ name: '大厅 "1".jpg', mime: 'image/jpeg', size: 256 }],
    },
  ]);
  expect(house.received[0]?.files[0]?.source).toEqual({ bytes: Buffer.from(bytes) });
});

it('owns up to a fault of ours, and logs it without what was said', async () => {
  const lines = new PassThrough();
  const failing = await openHouse({
    log: pino({}, lines),
    receive: async () => {
      throw new Error('the database is away');
    },
  });
  const logged = once(lines, 'data');
  expect(faultOf(await post(failing, { ...message, text: '不可外传' }))).toEqual([500, 'unstored']);
  const line = String(await logged);
  expect(line).toContain('the database is away');
  expect(line).not.toMatch(/不可外传|inspector/);
  await failing.close();
});

it('shows photos, and only offers to save what could be more than a picture', async () => {
  house.files.set('p', { name: '照片.png', mime: 'image/png', bytes: Buffer.from('png') });
  house.files.set('h', { name: '报告.html', mime: 'text/html', bytes: Buffer.from('<script>') });
  const get = (id: string) => ask(house, `/console/api/files/${id}?as=console:citizen`);
  const photo = await get('p');
  expect([photo.status, photo.headers['content-type'], photo.headers['content-disposition']]).toEqual([
    200,
    'image/png',
    undefined,
  ]);
  const page = await get('h');
  expect([page.body, page.headers['content-type']]).toEqual(['<script>', 'application/octet-stream']);
  expect(page.headers['content-disposition']).toBe(
    `attachment; filename="??.html"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.html`,
  );
  expect((await get('x')).status).toBe(404);
  expect((await ask(house, '/console/api/files/p')).status).toBe(404);
});

it('says who there is, where, in which languages, and what a photo may be', async () => {
  const who = JSON.parse((await ask(house, '/console/api/who')).body);
  expect(who).toMatchObject({
    personas: [{ urn: 'console:coordinator', title: { en: 'Coordinator' }, role: 'coordinator' }, {}, {}],
    rooms: [{ urn: inspectionRoom }],
    languages: ['zh-CN', 'en'],
    rehearsal: false,
    now: '2026-06-22T00:00:00.000Z',
    zone: 'Asia/Shanghai',
    photo: { bytesMax: 10_485_760 },
  });
});

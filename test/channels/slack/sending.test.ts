import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Channel, type Destination, type Post, SendFault } from '../../../src/channels/channel.ts';
import { slackChannel } from '../../../src/channels/slack/slack.ts';
import { labels, listen, nextTs, type Requests, type SlackWorld, shownText, slackWorld } from './driver.ts';
import { quietLog } from './quiet-log.ts';
import { type Received, received } from './received.ts';

let world: SlackWorld;
let channel: Required<Channel>;
let server: { url: string; close(): Promise<void> };
let slack: Requests;
let inbox: Received;
let room: string;
let closed: string;
let foreign: string;
let inspector: string;

beforeAll(async () => {
  world = await slackWorld(undefined, [
    { name: 'inspection' },
    { name: 'closed', private: true },
    { name: 'foreign', private: true, botInside: false },
  ]);
  [room, closed, foreign] = [world.room('inspection'), world.room('closed'), world.room('foreign')];
  inspector = world.person('inspector');
  inbox = received();
  server = await listen((app) => {
    channel = slackChannel({
      botToken: world.botToken,
      signingSecret: world.signingSecret,
      apiUrl: world.apiUrl,
      mount: app,
      receive: inbox.receive,
      log: quietLog(),
    }) as Required<Channel>;
  });
  await channel.start();
  slack = world.requests(server.url);
});

beforeEach(() => {
  world.api.calls.length = 0;
});

afterAll(async () => {
  await channel.stop();
  await server.close();
  await world.close();
});

const to = (id: string, only?: string): Destination => ({
  account: `slack:${world.team}`,
  address: `slack:${world.team}/${id}`,
  ...(only === undefined ? {} : { only: `slack:${world.team}/${only}` }),
});
const post = (text: string, more: Partial<Post> = {}): Post => ({ text, files: [], ...more });
const ask = (options: string[], many = false): NonNullable<Post['ask']> => ({
  target: 'session:1',
  question: 'tidy',
  options: options.map((label, index) => ({ id: `o${index + 1}`, label })),
  many,
  numbered: true,
});
const fault = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) =>
      error instanceof SendFault ? { kind: error.kind, retryAfterMs: error.retryAfterMs } : error,
  );
const last = (id: string) => world.messagesSentTo(id).at(-1);
/** What was called; after an outage the channel also finds out whether Slack is back, in its own time. */
const methods = () => world.api.calls.map((call) => call.method).filter((method) => method !== 'auth.test');

describe('a post', () => {
  test('to a room; its id names channel and time', async () => {
    const id = await channel.send(to(closed), post('<!channel> 窗口 & 大厅'));
    expect(id).toBe(`${closed}/${last(closed)?.ts}`);
    expect(shownText(last(closed)?.blocks ?? [])).toBe('<!channel> 窗口 & 大厅');
    expect(last(closed)?.text).toBe('&lt;!channel&gt; 窗口 &amp; 大厅');
    expect(world.api.calls[0]?.args).toMatchObject({
      parse: 'none',
      link_names: 'false',
      mrkdwn: 'false',
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
  });

  test('to a person opens the private chat, once', async () => {
    const first = await channel.send(to(inspector), post('您的任务'));
    const second = await channel.send(to(inspector), post('提醒'));
    const chat = await world.privateChat(inspector);
    expect([first, second].map((id) => id.split('/')[0])).toEqual([chat, chat]);
    expect(methods()).toEqual(['conversations.open', 'chat.postMessage', 'chat.postMessage']);
  });

  test('to a person named without a workspace, as operators do', async () => {
    const address = `slack:${world.person('coordinator')}`;
    await channel.send({ account: `slack:${world.team}`, address }, post('早'));
    expect(shownText(last(await world.privateChat(world.person('coordinator')))?.blocks ?? [])).toBe('早');
  });

  test('with a mention', async () => {
    await channel.send(to(room), post('请回答', { mention: `slack:${world.team}/${inspector}` }));
    expect(last(room)?.text).toBe(`<@${inspector}> 请回答`);
    expect(shownText(last(room)?.blocks ?? [])).toBe(`@${inspector} 请回答`);
  });

  test('to another workspace is not even tried', async () => {
    const address = 'slack:T999/C1';
    expect(await fault(channel.send({ account: 'slack:T999', address }, post('x')))).toMatchObject({
      kind: 'unreachable',
    });
    expect(methods()).toEqual([]);
  });
});

describe('for one person in a room', () => {
  test('only that person sees it, and it can not be replaced', async () => {
    const id = await channel.send(to(room, inspector), post('只给您看', { ask: ask(['是', '否']) }));
    expect(id).toMatch(/^only:/);
    expect(last(room)).toMatchObject({ only: inspector });
    expect(labels(last(room)?.blocks ?? [])).toEqual(['是', '否']);
    await channel.update(to(room, inspector), id, post('已回答'));
    expect(methods()).toEqual(['chat.postEphemeral']);
  });

  test.each(['not_in_channel', 'channel_not_found', 'user_not_in_channel'])(
    '%s: in the private chat',
    async (code) => {
      world.api.refuse('chat.postEphemeral', code);
      const id = await channel.send(to(room, inspector), post('私下说'));
      const chat = await world.privateChat(inspector);
      expect(id.split('/')[0]).toBe(chat);
      expect(shownText(last(chat)?.blocks ?? [])).toBe('私下说');
    },
  );

  test('a real room that we are not in: in the private chat', async () => {
    const id = await channel.send(to(foreign, inspector), post('私下说二'));
    expect(id.split('/')[0]).toBe(await world.privateChat(inspector));
  });

  test('what fails for another reason fails', async () => {
    world.api.refuse('chat.postEphemeral', 'internal_error');
    expect(await fault(channel.send(to(room, inspector), post('x')))).toMatchObject({ kind: 'passing' });
  });
});

describe('a question', () => {
  test.each([
    ['buttons', ['是', '否'], false, '否', ['o2']],
    ['a menu', ['一', '二', '三', '四', '五', '六'], false, '六', ['o6']],
    ['boxes', ['态度', '流程', '环境'], true, ['态度', '环境'], ['o1', 'o3']],
    [
      'a long list',
      Array.from({ length: 12 }, (_, n) => `第${n + 1}项`),
      true,
      ['第1项', '第12项'],
      ['o1', 'o12'],
    ],
  ])('with %s is answered by a tap and then shown as answered', async (_kind, options, many, choose, ids) => {
    const id = await channel.send(to(room), post('选择', { ask: ask(options, many) }));
    const message = await world.api.message(room, world.messagesSentTo(room).length);
    const answer = await slack.click({ user: inspector, channel: room, message, choose });
    expect(answer.status).toBe(200);
    expect(inbox.stored.at(-1)?.press).toEqual({ target: 'session:1', question: 'tidy', options: ids });

    await channel.update(to(room), id, post('选择：已答'));
    expect(last(room)).toMatchObject({ updates: 1, text: '选择：已答' });
    expect(labels(last(room)?.blocks ?? [])).toEqual([]);
    expect(world.api.calls.at(-1)?.args).toMatchObject({ parse: 'none', link_names: 'false' });
  });

  test('whose blocks Slack refuses goes as numbered text', async () => {
    world.api.refuse('chat.postMessage', 'msg_blocks_too_long');
    await channel.send(to(room), post('选择 <!here>', { ask: ask(['是', '否']) }));
    expect(last(room)).toMatchObject({ text: '选择 &lt;!here&gt;\n1. 是\n2. 否', blocks: [] });
  });

  test('refused without blocks too is refused', async () => {
    world.api.refuse('chat.postMessage', 'invalid_blocks', 2);
    expect(await fault(channel.send(to(room), post('x')))).toMatchObject({ kind: 'refused' });
  });

  test('of 10,000 characters goes out in one message', async () => {
    const text = '评'.repeat(10_000);
    await channel.send(to(room), post(text, { ask: ask(['是']) }));
    expect(last(room)?.text).toBe(`${text}\n1. 是`);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['rate limited', { status: 429, headers: { 'retry-after': '7' } }, { kind: 'rate', retryAfterMs: 7000 }],
    ['an outage', { status: 503 }, { kind: 'passing' }],
    ['a cut connection', { cut: true }, { kind: 'passing' }],
    ['a page of some proxy', { body: '<html>Sign in</html>' }, { kind: 'passing' }],
    ['is_archived', { body: { ok: false, error: 'is_archived' } }, { kind: 'unreachable' }],
    ['not_in_channel', { body: { ok: false, error: 'not_in_channel' } }, { kind: 'unreachable' }],
    ['msg_too_long', { body: { ok: false, error: 'msg_too_long' } }, { kind: 'refused' }],
    ['missing_scope', { body: { ok: false, error: 'missing_scope' } }, { kind: 'refused' }],
    [
      'ratelimited in the body',
      { body: { ok: false, error: 'ratelimited' } },
      { kind: 'rate', retryAfterMs: 1000 },
    ],
    ['something new', { body: { ok: false, error: 'brand_new' } }, { kind: 'passing' }],
  ])('%s: is tried once and named', async (_what, answer, expected) => {
    world.api.fail('chat.postMessage', answer);
    expect(await fault(channel.send(to(room), post('x')))).toMatchObject(expected);
    expect(methods()).toEqual(['chat.postMessage']);
  });

  test.each(['user_not_found', 'cannot_dm_bot', 'user_disabled'])('%s: no private chat', async (code) => {
    world.api.refuse('conversations.open', code);
    expect(await fault(channel.send(to('U9NOBODY'), post('x')))).toMatchObject({ kind: 'unreachable' });
  });

  test('a private chat that is gone is asked for again the next time', async () => {
    const citizen = world.person('citizen');
    await channel.send(to(citizen), post('一'));
    world.api.refuse('chat.postMessage', 'channel_not_found');
    expect(await fault(channel.send(to(citizen), post('二')))).toMatchObject({ kind: 'unreachable' });
    await channel.send(to(citizen), post('三'));
    expect(methods().filter((method) => method === 'conversations.open')).toHaveLength(2);
  });

  test('a message of ours that is gone can not be replaced', async () => {
    expect(await fault(channel.update(to(room), `${room}/1.000001`, post('x')))).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('files', () => {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255, 10, 13]);
  const files = [
    { name: 'photo.png', mime: 'image/png', bytes },
    { name: '问题台账.xlsx', mime: 'application/vnd.ms-excel', bytes: new Uint8Array([1, 2, 3]) },
  ];
  const shared = async (id: string) => {
    const history = await world.api.admin('conversations.history', { channel: id });
    return (history.messages as { files?: Record<string, string>[] }[]).flatMap((one) => one.files ?? []);
  };

  test('out: are brought first, then the words, then shown', async () => {
    await channel.send(to(room), post('附件', { files }));
    expect(methods()).toEqual([
      'files.getUploadURLExternal',
      'files.getUploadURLExternal',
      'chat.postMessage',
      'files.completeUploadExternal',
    ]);
    expect((await shared(room)).map((file) => file.name)).toEqual(['photo.png', '问题台账.xlsx']);
  });

  test('out: nothing is posted when a file can not be brought', async () => {
    world.api.fail('upload', { status: 500 });
    expect(await fault(channel.send(to(room), post('附件', { files })))).toMatchObject({ kind: 'passing' });
    expect(methods()).not.toContain('chat.postMessage');
  });

  test('out: alone make no empty message', async () => {
    const id = await channel.send(to(room), post('', { files }));
    expect(id).toMatch(/^file:/);
    expect(methods()).not.toContain('chat.postMessage');
    await channel.update(to(room), id, post('x'));
  });

  test('out: for one person go to the private chat', async () => {
    const id = await channel.send(to(room, inspector), post('只给您', { files }));
    expect(id.split('/')[0]).toBe(await world.privateChat(inspector));
  });

  test('in: come with a message and are fetched byte for byte', async () => {
    await channel.send(to(room), post('', { files: files.slice(0, 1) }));
    const [file] = (await shared(room)).slice(0, 1);
    await slack.say({ user: inspector, channel: room, text: '证据', ts: nextTs(), files: [file ?? {}] });
    const inbound = inbox.stored.at(-1);
    expect(inbound).toMatchObject({
      kind: 'media',
      text: '证据',
      files: [{ name: 'photo.png', mime: 'image/png' }],
    });
    const source = inbound?.files[0]?.source;
    const ref = source !== undefined && 'ref' in source ? source.ref : '';
    // Slack says its own addresses; here they are the emulator's, which the proxy stands before.
    const url = ref.replace(world.api.behind, world.api.origin);
    expect(await channel.fetch(url, 1000)).toEqual(Buffer.from(bytes));
    expect(await channel.fetch(String(file?.id), 1000)).toEqual(Buffer.from(bytes));
    expect(await fault(channel.fetch(url, 4))).toMatchObject({ kind: 'refused' });
  });
});

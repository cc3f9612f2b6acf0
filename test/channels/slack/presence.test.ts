import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { slackChannel } from '../../../src/channels/slack/slack.ts';
import { listen, type Requests, type SlackWorld, slackWorld } from './driver.ts';
import { quietLog } from './quiet-log.ts';
import { type Received, received } from './received.ts';

let world: SlackWorld;
let inbox: Received;
let server: { url: string; close(): Promise<void> };
let channel: Channel;
let slack: Requests;
let log: Record<string, unknown>[];

beforeEach(async () => {
  world = await slackWorld();
  inbox = received();
  log = [];
});

afterEach(async () => {
  await channel.stop();
  await server.close();
  await world.close();
});

async function open(botToken = world.botToken): Promise<void> {
  server = await listen((app) => {
    channel = slackChannel({
      botToken,
      signingSecret: world.signingSecret,
      apiUrl: world.apiUrl,
      mount: app,
      receive: inbox.receive,
      log: quietLog(log),
      retry: { first: 2, max: 8 },
    });
  });
  slack = world.requests(server.url);
}

const ready = () => vi.waitUntil(() => channel.health().ready, { interval: 2, timeout: 10_000 });
const unready = () => vi.waitUntil(() => !channel.health().ready, { interval: 1, timeout: 10_000 });

const say = () =>
  slack.say({ user: world.person('inspector'), channel: world.room('inspection'), text: '在吗' });
const send = () => {
  const address = `slack:${world.team}/${world.room('inspection')}`;
  return channel.send({ account: `slack:${world.team}`, address }, { text: '在', files: [] });
};

test('is not ready before it is started', async () => {
  await open();
  expect(channel.health()).toEqual({ ready: false, reason: 'not started' });
});

test('a bad token is told, and tried again', async () => {
  await open('xoxb-wrong');
  await channel.start();
  expect(channel.health()).toEqual({ ready: false, reason: 'auth.test: invalid_auth' });
});

test.each([
  ['cut', { cut: true }, 'auth.test: no connection (UND_ERR_SOCKET)'],
  ['down', { status: 500 }, 'auth.test: HTTP 500'],
  ['limiting', { status: 429, headers: { 'retry-after': '1' } }, 'auth.test: rate limited'],
  ['behind a sign-in page', { body: '<html>' }, 'auth.test: not an answer of Slack'],
])('an API that is %s is tried until it answers', async (_how, answer, reason) => {
  await open();
  world.api.fail('auth.test', answer, 4);
  await channel.start();
  expect(channel.health()).toEqual({ ready: false, reason });
  await ready();
  expect((await say()).status).toBe(200);
  expect(log.filter((line) => line.failures !== undefined).map((line) => line.failures)).toEqual([
    1, 2, 3, 4,
  ]);
});

test('what comes before we know ourselves waits, and is taken', async () => {
  await open();
  const answer = say();
  await channel.start();
  expect((await answer).status).toBe(200);
  expect(inbox.stored).toHaveLength(1);
});

test('what comes while we do not know ourselves is not acknowledged, so that Slack sends it again', async () => {
  await open('xoxb-wrong');
  await channel.start();
  expect((await say()).status).toBe(500);
  expect(inbox.calls).toEqual([]);
});

test('a token that is revoked while we run makes us not ready, until Slack takes it again', async () => {
  await open();
  await channel.start();
  world.api.refuse('chat.postMessage', 'token_revoked');
  world.api.refuse('auth.test', 'token_revoked', 3);
  await expect(send()).rejects.toMatchObject({ name: 'SendFault', kind: 'refused' });
  await unready();
  expect(channel.health().reason).toMatch(/token_revoked/);
  await ready();
  await send();
});

test.each([
  ['a cut connection', { cut: true }, /no connection/],
  ['an outage', { status: 503 }, /HTTP 503/],
])(
  '%s makes us not ready, so that no message is tried in vain, until Slack answers again',
  async (_what, answer, reason) => {
    await open();
    await channel.start();
    world.api.fail('chat.postMessage', answer);
    world.api.fail('auth.test', answer, 3);
    await expect(send()).rejects.toMatchObject({ kind: 'passing', doubtful: false });
    await unready();
    expect(channel.health().reason).toMatch(reason);
    await ready();
    await send();
  },
);

test('an answer that nobody knows is doubted, and says nothing about the connection', async () => {
  await open();
  await channel.start();
  world.api.refuse('chat.postMessage', 'brand_new');
  await expect(send()).rejects.toMatchObject({ kind: 'passing', doubtful: true });
  expect(channel.health()).toEqual({ ready: true });
});

test('nothing of what people say or who they are is logged', async () => {
  await open();
  await channel.start();
  await slack.say({ user: 'U0SECRET', channel: world.room('inspection'), text: '我的电话' });
  inbox.failNext();
  await slack.say({ user: 'U0SECRET', channel: world.room('inspection'), text: '我的电话' });
  world.api.refuse('chat.postMessage', 'invalid_blocks', 2);
  await send().catch(() => {});
  expect(log.length).toBeGreaterThan(0);
  expect(JSON.stringify(log)).not.toMatch(/我的电话|U0SECRET|xoxb/);
});

test('neither HTTP nor Socket Mode: says what is missing', () => {
  const make = () => slackChannel({ botToken: 'xoxb-1', receive: inbox.receive, log: quietLog() });
  expect(make).toThrow(/signing secret/);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { slackChannel } from '../../../src/channels/slack/slack.ts';
import { listen, messageEvent, nextTs, type Requests, type SlackWorld, slackWorld } from './driver.ts';
import { quietLog } from './quiet-log.ts';
import { type Received, received } from './received.ts';

let world: SlackWorld;
let channel: Channel;
let inbox: Received;
let slack: Requests;
let server: { url: string; close(): Promise<void> };
let room: string;
let inspector: string;

beforeAll(async () => {
  world = await slackWorld();
  room = world.room('inspection');
  inspector = world.person('inspector');
  server = await listen((app) => {
    channel = slackChannel({
      botToken: world.botToken,
      signingSecret: world.signingSecret,
      apiUrl: world.apiUrl,
      mount: app,
      receive: (inbound) => inbox.receive(inbound),
      log: quietLog(),
      now: () => new Date('2026-06-22T08:00:00.123Z'),
    });
  });
  await channel.start();
  slack = world.requests(server.url);
});

beforeEach(() => {
  inbox = received();
});

afterAll(async () => {
  await channel.stop();
  await server.close();
  await world.close();
});

test('is ready once Slack has told who we are', () => {
  expect(channel.health()).toEqual({ ready: true });
});

test('stores what is said in a room before it answers 200', async () => {
  const held = inbox.holdNext();
  const answer = slack.say({ user: inspector, channel: room, text: '窗口整洁', ts: '1782115200.000123' });
  let answered = false;
  const answering = answer.then(() => {
    answered = true;
  });
  await held.reached;
  // Requests that come later are answered meanwhile; this one is not while it is not stored.
  for (const challenge of ['1', '2'])
    await slack.post(JSON.stringify({ type: 'url_verification', challenge }), 'application/json');
  expect(answered).toBe(false);
  held.release();
  await answering;
  expect((await answer).status).toBe(200);
  expect(inbox.stored).toEqual([
    {
      channel: 'slack',
      account: `slack:${world.team}`,
      externalId: `slack:${world.team}/${room}/1782115200.000123`,
      urn: `slack:${world.team}/${inspector}`,
      room: `slack:${world.team}/${room}`,
      kind: 'text',
      text: '窗口整洁',
      addressed: false,
      slash: false,
      files: [],
      sentAt: '2026-06-22T08:00:00.000123Z',
    },
  ]);
});

test('an event sent again has the same id; so has the mention of the same message', async () => {
  const ts = nextTs();
  const said = { user: inspector, channel: room, text: `<@${world.bot}> 状态`, ts };
  expect((await slack.say(said)).status).toBe(200);
  expect((await slack.say(said, { retry: 1 })).status).toBe(200);
  expect((await slack.say({ ...said, mention: true })).status).toBe(200);
  expect(inbox.calls.map((one) => one.externalId)).toEqual(
    Array(3).fill(`slack:${world.team}/${room}/${ts}`),
  );
  expect(inbox.stored).toHaveLength(1);
  expect(inbox.stored[0]).toMatchObject({ text: '状态', addressed: true });
});

test('answers 500 when it could not be stored, and takes it the next time', async () => {
  const said = { user: inspector, channel: room, text: '再发一次', ts: nextTs() };
  inbox.failNext();
  expect((await slack.say(said)).status).toBe(500);
  expect(inbox.stored).toHaveLength(0);
  expect((await slack.say(said, { retry: 1 })).status).toBe(200);
  expect(inbox.stored).toHaveLength(1);
});

test.each([
  ['forged', { forged: true }],
  ['older than five minutes', { ageSeconds: 301 }],
])('a request that is %s gets 401 and reaches nothing', async (_what, manner) => {
  const command = { user: inspector, channel: room, text: 'status' };
  const message = { ts: nextTs(), blocks: [button('one:session%3A1/q', '是', 'yes')] };
  const answers = await Promise.all([
    slack.say({ user: inspector, channel: room, text: '伪造' }, manner),
    slack.slash(command, manner),
    slack.click({ user: inspector, channel: room, message, choose: '是' }, manner),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401]);
  expect(inbox.calls).toEqual([]);
});

test('a request four minutes old is still good', async () => {
  expect((await slack.say({ user: inspector, channel: room, text: '慢' }, { ageSeconds: 240 })).status).toBe(
    200,
  );
  expect(inbox.stored).toHaveLength(1);
});

test('a request without a signature gets 401', async () => {
  const body = JSON.stringify({
    type: 'event_callback',
    event: messageEvent({ user: inspector, channel: room }),
  });
  const answer = await fetch(`${server.url}/slack/events`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(401);
});

test('answers the challenge with which Slack tries the address', async () => {
  const answer = await slack.post(
    JSON.stringify({ type: 'url_verification', challenge: 'c4' }),
    'application/json',
  );
  expect(await answer.json()).toEqual({ challenge: 'c4' });
});

test('a slash command is a command; a failing one is not acknowledged', async () => {
  expect(
    (await slack.slash({ user: inspector, channel: room, text: 'status &amp; more', trigger: 't.1' })).status,
  ).toBe(200);
  expect(inbox.stored[0]).toMatchObject({
    externalId: 'slack:cmd:t.1',
    text: 'status & more',
    slash: true,
    addressed: true,
    room: `slack:${world.team}/${room}`,
    sentAt: '2026-06-22T08:00:00.123Z',
  });
  inbox.failNext();
  expect((await slack.slash({ user: inspector, channel: room, text: 'status' })).status).toBe(500);
});

test('a tapped button is a press', async () => {
  const message = { ts: nextTs(), blocks: [button('one:session%3A9f/tidy', '是 & 否', 'yes')] };
  const answer = await slack.click({
    user: inspector,
    channel: room,
    message,
    choose: '是 & 否',
    trigger: 't.2',
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
  expect(inbox.stored[0]).toMatchObject({
    externalId: `slack:act:${world.team}/t.2`,
    press: { target: 'session:9f', question: 'tidy', options: ['yes'] },
    text: '是 & 否',
    addressed: true,
  });
});

test.each([
  ['a button of nobody', { block_id: 'old-block', action_id: 'x' }],
  ['a ticked box that is not sent yet', { block_id: 'pick:a/b', action_id: 'options' }],
])('%s is acknowledged and leads to nothing', async (_what, action) => {
  const payload = {
    type: 'block_actions',
    user: { id: inspector, team_id: world.team },
    team: { id: world.team },
    channel: { id: room },
    trigger_id: 't.3',
    actions: [{ ...action, type: 'button', value: 'v', action_ts: nextTs() }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  expect((await slack.post(body, 'application/x-www-form-urlencoded')).status).toBe(200);
  expect(inbox.calls).toEqual([]);
});

test.each(['view_submission', 'shortcut', 'message_action'])(
  'a %s we never asked for is acknowledged',
  async (type) => {
    const payload = {
      type,
      user: { id: inspector, team_id: world.team },
      team: { id: world.team },
      view: { type: 'modal', id: 'V1' },
      callback_id: 'c',
      trigger_id: 't.4',
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    expect((await slack.post(body, 'application/x-www-form-urlencoded')).status).toBe(200);
    expect(inbox.calls).toEqual([]);
  },
);

test('a message of a shape we do not know is not acknowledged', async () => {
  const event = messageEvent({ user: inspector, channel: room, text: 'x', more: { ts: 'yesterday' } });
  expect((await slack.postEvent(event)).status).toBe(500);
  expect(inbox.calls).toEqual([]);
});

test.each([
  ['10,000 characters', '评'.repeat(10_000)],
  ['emoji, RTL and control characters', '👨‍👩‍👧 مرحبا ‮abc \u0007'],
  ['what other systems act on', `'; DROP TABLE x; -- =cmd() @所有人`],
])('%s is stored as typed', async (_what, text) => {
  expect((await slack.say({ user: inspector, channel: room, text })).status).toBe(200);
  expect(inbox.stored[0]?.text).toBe(text);
});

function button(blockId: string, text: string, value: string) {
  return {
    type: 'actions',
    block_id: blockId,
    elements: [{ type: 'button', action_id: 'option-0', text: { text }, value }],
  };
}

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { slackChannel } from '../../../src/channels/slack/slack.ts';
import { slackLogger } from '../../../src/channels/slack/slack-logger.ts';
import { socketReceiver } from '../../../src/channels/slack/socket.ts';
import {
  commandFields,
  eventBody,
  messageEvent,
  nextTs,
  pressBody,
  type SlackWorld,
  slackWorld,
} from './driver.ts';
import { quietLog } from './quiet-log.ts';
import { type Received, received } from './received.ts';

let world: SlackWorld;
let channel: Channel;
let inbox: Received;
let log: Record<string, unknown>[];
let room: string;
let inspector: string;

beforeEach(async () => {
  world = await slackWorld();
  inbox = received();
  log = [];
  [room, inspector] = [world.room('inspection'), world.person('inspector')];
  channel = slackChannel({
    botToken: world.botToken,
    appToken: world.appToken,
    apiUrl: world.apiUrl,
    receive: inbox.receive,
    log: quietLog(log),
    retry: { first: 5, max: 20 },
  });
});

afterEach(async () => {
  await channel.stop();
  await world.close();
});

const said = (text: string, ts = nextTs()) =>
  eventBody(world, messageEvent({ user: inspector, channel: room, text, ts }));

/** Resolves when Slack's end has had its say and the channel says so. */
const ready = () => vi.waitUntil(() => channel.health().ready, { interval: 2, timeout: 10_000 });
const unready = () => vi.waitUntil(() => !channel.health().ready, { interval: 1, timeout: 10_000 });

describe('Socket Mode', () => {
  test('takes events, commands and presses; acknowledges each', async () => {
    await channel.start();
    expect(channel.health()).toEqual({ ready: true });
    await world.api.socket.send('events_api', said('你好'));
    const command = { user: inspector, channel: room, text: 'status', trigger: 't.1' };
    await world.api.socket.send('slash_commands', commandFields(world, command));
    const blocks = [
      {
        type: 'actions',
        block_id: 'one:session%3A1/q',
        elements: [{ type: 'button', action_id: 'o', text: { text: '是' }, value: 'yes' }],
      },
    ];
    const press = { user: inspector, channel: room, message: { ts: nextTs(), blocks }, choose: ['是'] };
    await world.api.socket.send('interactive', pressBody(world, press));
    expect(inbox.stored.map((one) => [one.text, one.slash, one.press?.options])).toEqual([
      ['你好', false, undefined],
      ['status', true, undefined],
      ['是', false, ['yes']],
    ]);
  });

  test('acknowledges only what is stored', async () => {
    await channel.start();
    const held = inbox.holdNext();
    const acknowledged = world.api.socket.send('events_api', said('先存'), 'held');
    await held.reached;
    // What comes later is stored and acknowledged meanwhile.
    await world.api.socket.send('events_api', said('后来'), 'later');
    expect(world.api.socket.acknowledged).toEqual(['later']);
    held.release();
    await acknowledged;
    expect(world.api.socket.acknowledged).toEqual(['later', 'held']);
  });

  test('leaves unacknowledged what could not be stored, and takes it when it comes again', async () => {
    await channel.start();
    const body = said('再来');
    inbox.failNext();
    void world.api.socket.send('events_api', body, 'lost');
    await world.api.socket.send('events_api', said('别的'), 'other');
    expect(world.api.socket.acknowledged).toEqual(['other']);
    await world.api.socket.send('events_api', body, 'again');
    expect(inbox.stored.map((one) => one.text)).toEqual(['别的', '再来']);
  });

  test('survives a frame that Slack’s own client does not', async () => {
    await channel.start();
    world.api.socket.raw({ type: 'events_api', envelope_id: 'x', payload: { type: 'app_rate_limited' } });
    world.api.socket.raw('no JSON');
    world.api.socket.raw({ type: 'something_new' });
    await world.api.socket.send('events_api', said('还在'));
    expect(inbox.stored.map((one) => one.text)).toEqual(['还在']);
    expect(log.some((line) => String(line.msg).includes('could not be read'))).toBe(true);
  });
});

describe('a connection that ends', () => {
  test('by a cut: not ready, then another one', async () => {
    await channel.start();
    world.api.fail('auth.test', { cut: true }, 2);
    world.api.socket.drop();
    await unready();
    expect(channel.health().reason).toBeTruthy();
    await world.api.socket.connected(2);
    await ready();
    await world.api.socket.send('events_api', said('又通了'));
    expect(inbox.stored.map((one) => one.text)).toEqual(['又通了']);
  });

  test.each(['refresh_requested', 'warning'])(
    'because Slack asks (%s): another one at once',
    async (reason) => {
      await channel.start();
      world.api.socket.raw({ type: 'disconnect', reason });
      await world.api.socket.connected(2);
      await ready();
      await world.api.socket.send('events_api', said('新线'));
      expect(inbox.stored.map((one) => one.text)).toEqual(['新线']);
    },
  );

  test('because Socket Mode was switched off: says so and goes on trying', async () => {
    await channel.start();
    world.api.refuse('apps.connections.open', 'socket_mode_disabled', 3);
    world.api.socket.raw({ type: 'disconnect', reason: 'link_disabled' });
    await world.api.socket.connected(2);
    await ready();
    const reasons = log.map((line) => line.reason).filter((reason) => reason !== undefined);
    expect(reasons[0]).toBe('Socket Mode: link_disabled');
    expect(reasons.slice(1, 4)).toEqual(Array(3).fill('apps.connections.open: socket_mode_disabled'));
  });
});

test('a bad app token does not end the process, and is told', async () => {
  world.api.refuse('apps.connections.open', 'invalid_auth', 2);
  await channel.start();
  expect(channel.health()).toEqual({ ready: false, reason: 'apps.connections.open: invalid_auth' });
  await world.api.socket.connected(1);
  await ready();
});

test('stops in order: what is being stored is stored and acknowledged, then the line is closed', async () => {
  await channel.start();
  const held = inbox.holdNext();
  const acknowledged = world.api.socket.send('events_api', said('最后一句'));
  await held.reached;
  const stopped = channel.stop();
  held.release();
  await acknowledged;
  await stopped;
  await world.api.socket.gone();
  expect(inbox.stored.map((one) => one.text)).toEqual(['最后一句']);
  expect(channel.health()).toEqual({ ready: false, reason: 'stopped' });
  expect(world.api.socket.connections()).toBe(1);
});

test('stops also when Slack does not answer the goodbye', async () => {
  await channel.start();
  world.api.socket.deafen();
  await channel.stop();
  expect(channel.health()).toEqual({ ready: false, reason: 'stopped' });
});

test('a connection that never greets is given up', async () => {
  world.api.socket.silent(true);
  const options = { slackApiUrl: world.apiUrl, retryConfig: { retries: 0 } };
  const socket = socketReceiver(world.appToken, options, slackLogger(quietLog()), quietLog(), 50);
  await expect(socket.open()).rejects.toThrow('no connection');
  await world.api.socket.gone();
});

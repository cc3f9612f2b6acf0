import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Channel, Destination, Post } from '../../../src/channels/channel.ts';
import { slackChannel } from '../../../src/channels/slack/slack.ts';
import { listen, manifest, messageEvent, type SlackWorld, slackWorld } from './driver.ts';
import { fieldForms } from './field-forms.ts';
import { quietLog } from './quiet-log.ts';
import { type Received, received } from './received.ts';

/** What each call of ours needs of the bot's token; from docs.slack.dev/reference/methods. */
const scopeOf: Record<string, string | null> = {
  'auth.test': null,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.open': 'im:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'files.info': 'files:read',
  'views.open': null,
};

/** What each event needs, and one of its kind; from docs.slack.dev/reference/events. */
const events: Record<string, { scope: string; channel: (world: SlackWorld) => string | Promise<string> }> = {
  'message.channels': { scope: 'channels:history', channel: (world) => world.room('inspection') },
  'message.groups': { scope: 'groups:history', channel: (world) => world.room('closed') },
  'message.im': { scope: 'im:history', channel: (world) => world.privateChat(world.person('inspector')) },
};

let world: SlackWorld;
let channel: Required<Channel>;
let inbox: Received;
let server: { url: string; close(): Promise<void> };

beforeAll(async () => {
  world = await slackWorld(undefined, [{ name: 'inspection' }, { name: 'closed', private: true }]);
  inbox = received();
  server = await listen((app) => {
    channel = slackChannel({
      botToken: world.botToken,
      signingSecret: world.signingSecret,
      apiUrl: world.apiUrl,
      mount: app,
      receive: inbox.receive,
      forms: fieldForms('zh-CN'),
      log: quietLog(),
    }) as Required<Channel>;
  });
  await channel.start();
});

afterAll(async () => {
  await channel.stop();
  await server.close();
  await world.close();
});

/** All that the channel can do, in a workspace that grants the manifest's scopes and enforces them. */
async function doEverything(): Promise<void> {
  const to = (id: string, only?: string): Destination => ({
    account: `slack:${world.team}`,
    address: `slack:${world.team}/${id}`,
    ...(only === undefined ? {} : { only: `slack:${world.team}/${only}` }),
  });
  const person = world.person('inspector');
  const room = world.room('closed');
  const file = { name: 'a.png', mime: 'image/png', bytes: new Uint8Array([1]) };
  const post: Post = { text: '报告', files: [file] };
  const id = await channel.send(to(room), post);
  await channel.update(to(room), id, { text: '已答', files: [] });
  await channel.send(to(person), post);
  await channel.send(to(room, world.person('inspector')), { text: '只给您', files: [] });
  const history = await world.api.admin('conversations.history', { channel: room });
  const [sent] = (history.messages as { files?: { id: string }[] }[]).flatMap((one) => one.files ?? []);
  await channel.fetch(sent?.id ?? '', 100);
  const trigger = await world.trigger(person);
  await world.requests(server.url).slash({ user: person, channel: room, text: 'assign', trigger });
}

test('the manifest grants what the calls, events and commands need, and nothing else', async () => {
  await doEverything();
  const called = [...new Set(world.api.calls.map((call) => call.method))].sort();
  // Every call that stands in the source was made just now: none is missing from the reckoning.
  expect(called).toEqual(callsInSource());
  const granted = manifest();
  const needed = [
    ...called.map((method) => scopeOf[method]),
    ...granted.settings.event_subscriptions.bot_events.map((event) => events[event]?.scope),
    granted.features.slash_commands.length > 0 ? 'commands' : null,
  ].filter((scope) => scope !== null);
  expect([...granted.oauth_config.scopes.bot].sort()).toEqual([...new Set(needed)].sort());
});

function callsInSource(): string[] {
  const folder = new URL('../../../src/channels/slack/', import.meta.url);
  const source = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const found = [...source.matchAll(/\bclient\.([a-z]+(?:\.[A-Za-z]+)+)\(/g)].map((match) => match[1] ?? '');
  return [...new Set(found)].sort();
}

describe('every event the manifest subscribes to', () => {
  test.each(manifest().settings.event_subscriptions.bot_events)('%s is taken', async (event) => {
    const given = events[event];
    const id = (await given?.channel(world)) ?? 'unknown event';
    const answer = await world
      .requests(server.url)
      .postEvent(messageEvent({ user: world.person('inspector'), channel: id, text: event }));
    expect(answer.status).toBe(200);
    expect(inbox.stored.at(-1)?.text).toBe(event);
  });
});

test('commands and presses come to the address that events come to', () => {
  const { features, settings } = manifest() as unknown as Manifest;
  const address = settings.event_subscriptions.request_url;
  expect(new URL(address ?? '').pathname).toBe('/slack/events');
  expect(features.slash_commands.map((one) => one.url)).toEqual([address]);
  expect(settings.interactivity.request_url).toBe(address);
  expect(features.slash_commands.map((one) => one.command)).toEqual(['/duban']);
});

test('the manifest for Socket Mode is the same without addresses', () => {
  const withoutAddresses = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withoutAddresses);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([key]) => key !== 'url' && key !== 'request_url');
    return Object.fromEntries(kept.map(([key, one]) => [key, withoutAddresses(one)]));
  };
  const file = new URL('../../../docs/slack-manifest-socket.yaml', import.meta.url);
  const socket = parse(readFileSync(file, 'utf8')) as Manifest;
  const http = withoutAddresses(manifest()) as Manifest;
  expect(socket).toEqual({ ...http, settings: { ...http.settings, socket_mode_enabled: true } });
});

test('keeps within what Slack takes in a manifest', () => {
  const { display_information: about, features } = manifest() as unknown as Manifest;
  expect(about.name.length).toBeLessThanOrEqual(35);
  expect(about.description.length).toBeLessThanOrEqual(140);
  for (const command of features.slash_commands) expect(command.description.length).toBeLessThanOrEqual(2000);
});

interface Manifest {
  display_information: { name: string; description: string };
  features: { slash_commands: { command: string; url?: string; description: string }[] };
  settings: {
    event_subscriptions: { request_url?: string };
    interactivity: { request_url?: string };
    socket_mode_enabled: boolean;
  };
}

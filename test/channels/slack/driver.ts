import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { parse } from 'yaml';
import { adminToken, type SentMessage, type SlackApi, startSlackApi } from './api.ts';
import { type Requests, type Sending, slackRequests } from './requests.ts';

export type { SentMessage, SlackApi } from './api.ts';
export { labels, shownText } from './press.ts';
export {
  commandFields,
  eventBody,
  messageEvent,
  nextTs,
  pressBody,
  type Requests,
  slackRequests,
  submissionBody,
} from './requests.ts';

/** A workspace with people, rooms and the bot, played by `emulate`. */
export interface SlackWorld {
  api: SlackApi;
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** Ids, as Slack has them. */
  team: string;
  bot: string;
  person(name: string): string;
  room(name: string): string;
  /** The private chat of a person and the bot. */
  privateChat(person: string): Promise<string>;
  /** What Slack lets somebody's command open a dialog with, once and for a few seconds. */
  trigger(person: string): Promise<string>;
  /** What stands now in a channel, oldest first. */
  messagesSentTo(channel: string): SentMessage[];
  /** Slack's side of the HTTP connection to a bot that listens at `url`. */
  requests(url: string): Requests;
  sending(url: string): Sending;
  close(): Promise<void>;
}

interface Manifest {
  features: {
    bot_user: { display_name: string };
    slash_commands: { command: string; should_escape: boolean }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] }; interactivity: { is_enabled: boolean } };
}

/** The manifest that people paste: the bot of the pretended workspace has its scopes and no others. */
export function manifest(): Manifest {
  return parse(
    readFileSync(new URL('../../../docs/slack-manifest.yaml', import.meta.url), 'utf8'),
  ) as Manifest;
}

export const botToken = 'xoxb-duban';
export const appToken = 'xapp-duban';
const bot = 'U0DUBAN';

export async function slackWorld(
  people: string[] = ['coordinator', 'inspector', 'second', 'liaison', 'citizen'],
  rooms: { name: string; private?: boolean; botInside?: boolean }[] = [{ name: 'inspection' }],
): Promise<SlackWorld> {
  const scopes = manifest().oauth_config.scopes.bot;
  const api = await startSlackApi(seed(people, rooms, scopes), [botToken, appToken]);
  const ids = (list: unknown) =>
    new Map((list as { id: string; name: string }[]).map(({ id, name }) => [name, id] as const));
  const persons = ids((await api.admin('users.list', {})).members);
  const types = 'public_channel,private_channel';
  const channels = ids((await api.admin('conversations.list', { types })).channels);
  const find = (map: Map<string, string>) => (name: string) => {
    const id = map.get(name);
    if (id === undefined) throw new Error(`nobody and nothing is called ${name}`);
    return id;
  };
  for (const room of rooms)
    if (room.botInside !== false)
      await api.admin('conversations.invite', { channel: find(channels)(room.name), users: bot });
  const team = 'T000000001';
  const sending = (url: string): Sending => ({ url, signingSecret: 'signing-secret', team, bot });
  return {
    api,
    apiUrl: api.apiUrl,
    botToken,
    appToken,
    signingSecret: 'signing-secret',
    team,
    bot,
    person: find(persons),
    room: find(channels),
    privateChat: (person) => openPrivateChat(api, person),
    trigger: (person) => newTrigger(api, person),
    messagesSentTo: (channel) => api.sent.filter((one) => one.channel === channel),
    requests: (url) => slackRequests(sending(url)),
    sending,
    close: api.close,
  };
}

function seed(people: string[], rooms: { name: string; private?: boolean }[], scopes: string[]) {
  return {
    strict_scopes: true,
    users: people.map((name) => ({ name })),
    channels: rooms.map((room) => ({ name: room.name, is_private: room.private === true })),
    oauth_apps: [
      {
        client_id: '1.1',
        client_secret: 'unused',
        name: 'duban',
        redirect_uris: [],
        app_id: 'A0DUBAN',
        bot_id: 'B0DUBAN',
        bot_user_id: bot,
        bot_name: 'duban',
        scopes,
      },
    ],
    tokens: [
      { token: botToken, user_id: bot, bot_id: 'B0DUBAN', app_id: 'A0DUBAN', scopes },
      { token: appToken, user_id: bot, scopes: ['connections:write'] },
      { token: adminToken, user: 'admin' },
    ],
  };
}

/** Opened by the bot itself, but not through the proxy: the test's own question is no call of ours. */
async function openPrivateChat(api: SlackApi, person: string): Promise<string> {
  const response = await fetch(`${api.behind}/api/conversations.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ users: person }),
  });
  const { channel } = (await response.json()) as { channel: { id: string } };
  return channel.id;
}

/** Slack makes one for each command and tap; here it must be asked for, past the proxy. */
async function newTrigger(api: SlackApi, person: string): Promise<string> {
  const response = await fetch(`${api.behind}/api/views.generateTriggerId`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: person }),
  });
  const { trigger_id: trigger } = (await response.json()) as { trigger_id: string };
  return trigger;
}

/** An Express app on a free port of loopback. */
export async function listen(
  mount: (app: Express) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const app = express();
  mount(app);
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

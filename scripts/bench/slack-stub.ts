import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

export const team = 'T1';
export const bot = 'UBOT';
export const botToken = 'xoxb-bench';
export const signingSecret = 'bench';

/** Slack's side on loopback: signed events go out, Web API calls come in and are all answered at once. */
export interface SlackStub {
  /** For `SLACK_API_URL`. */
  apiUrl: string;
  /** What a person says in private to the bot that listens at `url`; resolves when the bot's next message to them came in. */
  say(url: string, person: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export async function slackStub(): Promise<SlackStub> {
  const posted = new Map<string, () => void>();
  let count = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => {
      body += bytes.toString('utf8');
    });
    request.on('end', () => {
      count += 1;
      const fields = new URLSearchParams(body);
      const channel = fields.get('channel') ?? fields.get('users') ?? '';
      const known = { ok: true, team_id: team, user_id: bot, bot_id: 'BBENCH', ts: `${count}.000001` };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...known, channel: { id: channel } }));
      if (request.url === '/api/chat.postMessage') posted.get(channel.replace(/^D/, 'U'))?.();
    });
  });
  const origin = await listening(server);
  return {
    apiUrl: `${origin}/api/`,
    say: async (url, person, text) => {
      const answered = new Promise<void>((resolve) => posted.set(person, resolve));
      const { status } = await send(url, event(person, text));
      if (status !== 200) throw new Error(`the bot answered ${status}`);
      await answered;
    },
    close: () => closed(server),
  };
}

let events = 0;
function event(user: string, text: string): string {
  events += 1;
  const ts = `${Math.floor(Date.now() / 1000)}.${String(events).padStart(6, '0')}`;
  const channel = user.replace(/^U/, 'D');
  const message = { type: 'message', channel_type: 'im', user, text, ts, event_ts: ts, channel };
  const authorizations = [{ enterprise_id: null, team_id: team, user_id: bot, is_bot: true }];
  const envelope = { type: 'event_callback', team_id: team, api_app_id: 'ABENCH', event_id: `Ev${events}` };
  return JSON.stringify({ ...envelope, authorizations, event: message });
}

function send(url: string, body: string): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
}

/** A bot on a free port of loopback. */
export async function serve(app: Express = express()): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(app);
  return { url: await listening(server), close: () => closed(server) };
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import type { SentBlock } from './press.ts';
import { type SocketServer, socketServer } from './socket-server.ts';

export interface ApiCall {
  method: string;
  args: Record<string, string>;
}

/** A message as it stands now. */
export interface SentMessage {
  channel: string;
  ts: string;
  text: string;
  blocks: SentBlock[];
  /** Only this person sees it. */
  only?: string;
  updates: number;
}

/** What Slack answers instead of doing as it is told. */
export interface ApiFault {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: unknown;
  /** Cuts the connection. */
  cut?: boolean;
}

/** Slack's Web API: `emulate` behind a proxy that writes everything down and can be told to fail. */
export interface SlackApi {
  /** For `SLACK_API_URL`. */
  apiUrl: string;
  origin: string;
  /** The emulator itself, past the proxy. */
  behind: string;
  calls: ApiCall[];
  sent: SentMessage[];
  socket: SocketServer;
  /** The next `times` calls of a method fail so. */
  fail(method: string, fault: ApiFault, times?: number): void;
  /** As {@link fail}, with an error code of Slack's. */
  refuse(method: string, code: string, times?: number): void;
  /** Resolves with the `count`-th message (from 1) sent to a channel. */
  message(channel: string, count: number): Promise<SentMessage>;
  /** Calls the API as the proxy's own administrator. */
  admin(method: string, args: Record<string, unknown>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export const adminToken = 'xoxp-admin';

/** @param seed of the emulated workspace; see the README of `emulate` */
export async function startSlackApi(seed: Record<string, unknown>, tokens: string[]): Promise<SlackApi> {
  const calls: ApiCall[] = [];
  const sent: SentMessage[] = [];
  const faults = new Map<string, ApiFault[]>();
  const waiting = new Set<() => void>();
  const known = new Set([...tokens, adminToken]);

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const socket = socketServer(server);
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed } });
  const behind = new URL(emulator.url);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytes(request);
    const path = request.url ?? '/';
    const method = /^\/api\/([\w.]+)$/.exec(path)?.[1];
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const own = token === adminToken;
    const args = Object.fromEntries(new URLSearchParams(method === undefined ? '' : body.toString('utf8')));
    if (method !== undefined && !own) calls.push({ method, args });
    const fault = own ? undefined : faults.get(method ?? path.split('/')[1] ?? '')?.shift();
    if (fault !== undefined) return answerFault(response, fault);
    if (method !== undefined && !known.has(token))
      return answer(response, { ok: false, error: 'invalid_auth' });
    if (method === 'apps.connections.open')
      return answer(response, { ok: true, url: `${origin.replace('http', 'ws')}/link/?ticket=1` });
    const there = await fetch(new URL(path, behind), {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      ...(request.method === 'POST' ? { body: new Uint8Array(body) } : {}),
    });
    const result = Buffer.from(await there.arrayBuffer());
    if (method !== undefined) return relay(method, args, own, response, result.toString('utf8'));
    response.writeHead(there.status, { 'content-type': there.headers.get('content-type') ?? '' }).end(result);
  }

  function relay(
    method: string,
    args: Record<string, string>,
    own: boolean,
    response: ServerResponse,
    text: string,
  ): void {
    // Files are fetched and brought through the proxy too.
    const result = JSON.parse(text.replaceAll(behind.origin, origin)) as Record<string, unknown>;
    if (!own) keep(method, args, result);
    answer(response, result);
  }

  function keep(method: string, args: Record<string, string>, result: Record<string, unknown>): void {
    if (result.ok !== true) return;
    const blocks = JSON.parse(args.blocks ?? '[]') as SentBlock[];
    const message = { channel: args.channel ?? '', text: args.text ?? '', blocks, updates: 0 };
    if (method === 'chat.postMessage') sent.push({ ...message, ts: String(result.ts) });
    if (method === 'chat.postEphemeral')
      sent.push({
        ...message,
        ts: String(result.message_ts),
        ...(args.user === undefined ? {} : { only: args.user }),
      });
    if (method === 'chat.update') {
      const old = sent.find((one) => one.channel === args.channel && one.ts === args.ts);
      if (old !== undefined) Object.assign(old, { text: message.text, blocks, updates: old.updates + 1 });
    }
    for (const check of waiting) check();
  }

  const api: SlackApi = {
    apiUrl: `${origin}/api/`,
    origin,
    behind: behind.origin,
    calls,
    sent,
    socket,
    fail: (method, fault, times = 1) => {
      faults.set(method, [...(faults.get(method) ?? []), ...Array.from({ length: times }, () => fault)]);
    },
    refuse: (method, code, times = 1) => api.fail(method, { body: { ok: false, error: code } }, times),
    message: (channel, count) =>
      new Promise((resolve) => {
        const check = () => {
          const found = sent.filter((one) => one.channel === channel)[count - 1];
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    admin: async (method, args) => {
      const response = await fetch(new URL(`/api/${method}`, behind), {
        method: 'POST',
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(args),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    close: async () => {
      socket.close();
      server.closeAllConnections();
      server.close();
      await emulator.close();
    },
  };
  return api;
}

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function answerFault(response: ServerResponse, fault: ApiFault): void {
  if (fault.cut) {
    response.destroy();
    return;
  }
  const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
  response.writeHead(fault.status ?? 200, { 'content-type': 'application/json', ...fault.headers }).end(text);
}

async function bytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

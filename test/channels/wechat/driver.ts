import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type * as PUPPET from 'wechaty-puppet';

/** Who and what there is in the mock WeChat. Contacts are friends of the bot unless it is said that they aren't. */
export interface World {
  bot: Person;
  contacts: Person[];
  rooms: { id: string; topic: string; members: string[]; aliases?: Record<string, string> }[];
}
export interface Person {
  id: string;
  name: string;
  friend?: boolean;
  official?: boolean;
}

/** Something said in the mock WeChat; in private without `room`. `timestamp` in ms or, as WeChat has it, in s. */
export interface Spoken {
  from: string;
  room?: string;
  text?: string;
  mentions?: string[];
  type?: keyof typeof PUPPET.types.Message;
  file?: { name: string; base64: string };
  location?: PUPPET.payloads.Location;
  timestamp?: number;
  id?: string;
}

/** Something the bot sent; `to` is the id of a person or a room. */
export interface Sent {
  to: string;
  id: string;
  text?: string;
  mentions: string[];
  file?: { name: string; base64: string };
}

export interface Settings {
  world: World;
  port: number;
  token: string;
  tls: boolean;
  loggedIn: boolean;
}
export type Order =
  | { do: 'say'; ticket: string; said: Spoken[] }
  | { do: 'login' | 'logout' | 'deafen' | 'error' | 'leave' | 'hold' | 'release' };
export type Report =
  | { event: 'listening' | 'asked' }
  | { event: 'said'; ticket: string; id: string }
  | ({ event: 'sent' } & Sent);

/** A mock WeChat behind a real puppet server in another process. */
export interface PuppetDriver {
  /** What `wechatChannel` needs to reach it. */
  choice: { puppet: string; token: string; endpoint: string; insecure: boolean };
  world: World;
  /** @returns the id of the message */
  says(from: string, text: string, room?: string, mentions?: string[]): Promise<string>;
  /** As `says`, for anything; all of it in the same instant. @returns the ids */
  say(...spoken: Spoken[]): Promise<string[]>;
  /** Everything sent so far, over all restarts. */
  sent(): readonly Sent[];
  /** The next sent message that was not taken yet and matches; waits for it. */
  nextSent(matches?: (sent: Sent) => boolean): Promise<Sent>;
  login(): void;
  logout(): void;
  /** From now on it answers no ding. */
  deafen(): void;
  /** From now on files are not given to whoever asks; resolves when one is asked for. */
  holdFiles(): Promise<void>;
  /** Gives files to whoever asks from now on; who has asked before gets nothing. */
  releaseFiles(): void;
  /** An error event that means nothing. */
  err(): void;
  /** Starts the process, again or for the first time, at the same address. */
  start(options?: { loggedIn?: boolean }): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** The server closes in good order. */
  leave(): Promise<void>;
  /** Ends everything and removes what was made. */
  close(): Promise<void>;
}

export const smallWorld: World = {
  bot: { id: 'wxid_bot', name: '督办小助手' },
  contacts: [
    { id: 'wxid_coord', name: '协调员' },
    { id: 'wxid_first', name: '检查员甲' },
    { id: 'wxid_second', name: '检查员乙' },
    { id: 'wxid_stranger', name: '陌生人', friend: false },
    { id: 'wxid_news', name: '某公众号', official: true },
  ],
  rooms: [
    {
      id: 'inspection@chatroom',
      topic: '检查群',
      members: ['wxid_coord', 'wxid_first', 'wxid_second', 'wxid_stranger'],
      aliases: { wxid_bot: '督办', wxid_first: '甲组' },
    },
  ],
};

/**
 * @param options.started false: the address is known, but nobody listens there until `start()`
 * @param options.tls with the certificate that puppet services bring along
 */
export async function startPuppet(
  options: { world?: World; started?: boolean; loggedIn?: boolean; tls?: boolean } = {},
): Promise<PuppetDriver> {
  const world = options.world ?? smallWorld;
  const program = await bundle();
  const settings: Settings = {
    world,
    port: await freePort(),
    token: `insecure_${randomUUID()}`,
    tls: options.tls ?? false,
    loggedIn: true,
  };
  const sent: Sent[] = [];
  const untaken: Sent[] = [];
  let looking: { matches: (sent: Sent) => boolean; found: (sent: Sent) => void }[] = [];
  const tickets = new Map<string, { ids: string[]; wanted: number; done: (ids: string[]) => void }>();
  let child: ChildProcess | undefined;

  let asked = () => {};

  function hear(report: Report): void {
    if (report.event === 'asked') asked();
    if (report.event === 'said') {
      const ticket = tickets.get(report.ticket);
      ticket?.ids.push(report.id);
      if (ticket !== undefined && ticket.ids.length === ticket.wanted) ticket.done(ticket.ids);
    }
    if (report.event !== 'sent') return;
    const { event: _, ...message } = report;
    sent.push(message);
    const looker = looking.find(({ matches }) => matches(message));
    if (looker === undefined) untaken.push(message);
    looking = looking.filter((one) => one !== looker);
    looker?.found(message);
  }

  function order(what: Order): void {
    if (child?.connected !== true) throw new Error('the puppet process is not running');
    child.send(what);
  }

  async function gone(ending: () => void): Promise<void> {
    if (child === undefined) return;
    const exit = once(child, 'exit');
    ending();
    await exit;
    child = undefined;
  }

  function say(...said: Spoken[]): Promise<string[]> {
    const ticket = randomUUID();
    return new Promise((done) => {
      tickets.set(ticket, { ids: [], wanted: said.length, done });
      order({ do: 'say', ticket, said });
    });
  }

  const driver: PuppetDriver = {
    choice: {
      puppet: 'wechaty-puppet-service',
      token: settings.token,
      endpoint: `127.0.0.1:${settings.port}`,
      insecure: !settings.tls,
    },
    world,
    say,
    async says(from, text, room, mentions) {
      const [id = ''] = await say({
        from,
        text,
        ...(room === undefined ? {} : { room }),
        ...(mentions === undefined ? {} : { mentions }),
      });
      return id;
    },
    sent: () => sent,
    nextSent(matches = () => true) {
      const index = untaken.findIndex(matches);
      const [found] = index < 0 ? [] : untaken.splice(index, 1);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve) => looking.push({ matches, found: resolve }));
    },
    login: () => order({ do: 'login' }),
    logout: () => order({ do: 'logout' }),
    deafen: () => order({ do: 'deafen' }),
    holdFiles: () =>
      new Promise((resolve) => {
        asked = resolve;
        order({ do: 'hold' });
      }),
    releaseFiles: () => order({ do: 'release' }),
    err: () => order({ do: 'error' }),
    async start({ loggedIn = true } = {}) {
      const env = {
        ...process.env,
        WECHATY_LOG: 'silent',
        DUBAN_TEST_PUPPET: JSON.stringify({ ...settings, loggedIn }),
      };
      const starting = fork(program, {
        env,
        execArgv: ['--no-warnings'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child = starting;
      starting.on('message', (report: Report) => hear(report));
      await new Promise<void>((listening, failed) => {
        starting.on('message', (report: Report) => report.event === 'listening' && listening());
        starting.once('exit', (code) => failed(new Error(`the puppet process ended with ${code}`)));
      });
    },
    kill: () => gone(() => child?.kill('SIGKILL')),
    leave: () => gone(() => order({ do: 'leave' })),
    async close() {
      await driver.kill();
      rmSync(dirname(program), { recursive: true, force: true });
    },
  };
  if (options.started !== false) await driver.start({ loggedIn: options.loggedIn ?? true });
  return driver;
}

/** The process's program as plain JavaScript: Node 20 reads no TypeScript. It lies where it finds the packages. */
async function bundle(): Promise<string> {
  const cache = fileURLToPath(new URL('../../../node_modules/.cache', import.meta.url));
  mkdirSync(cache, { recursive: true });
  const outfile = join(mkdtempSync(join(cache, 'duban-puppet-')), 'puppet.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./puppet-process.ts', import.meta.url))],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

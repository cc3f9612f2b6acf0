import { log as libraryLog } from 'wechaty-puppet';
import type { Log } from '../../log.ts';
import { type Budget, type Channel, type Receive, SendFault } from '../channel.ts';
import { wechatAccount } from './address.ts';
import { openDirectory } from './directory.ts';
import { explain, restMs } from './faults.ts';
import { fetchFile } from './fetch.ts';
import { type Intake, type Line, openIntake } from './intake.ts';
import { type LinkListeners, openLink, type Scan } from './link.ts';
import { openLoginCode } from './login-code.ts';
import { openPace } from './pace.ts';
import { type PuppetChoice, PuppetUnavailable } from './puppet.ts';
import { partsOf, sendPost } from './send.ts';
import { type Patience, patience, type Supervisor, supervise } from './supervisor.ts';
import { machineTimers, type Timers } from './timers.ts';

export interface WechatOptions extends PuppetChoice {
  receive: Receive;
  log: Log;
  /** Called when WeChat asks for a login, with the code to scan. The code is a secret: show it, never log it. */
  onScan?: (scan: Scan) => void;
  /**
   * Takes the right to be logged in to the account, which no two processes may be; null while another has it. Without it
   * this process takes itself for the only one.
   */
  hold?: (account: string) => Promise<Held | null>;
  /** A file where that code is put as a picture (PNG) while one is needed. */
  codeFile?: string;
  /**
   * When the last message of this account that is in the inbox was sent (ISO instant), if any was: then nothing sent
   * since is lost, however long the service was down. Asked at each start.
   */
  lastSeen?: () => Promise<string | undefined>;
  patience?: Partial<Patience>;
  timers?: Timers;
  budgets?: { account: Budget; room: Budget };
}

/** An account that is ours until it is lost. */
export interface Held {
  lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * What WeChat tolerates of an account: about a message each 3 seconds, irregularly, and in one room three in any minute.
 * All in ms.
 */
export const wechatBudgets = {
  account: { everyMs: 3_000, burst: 1, jitterMs: 2_000 },
  room: { everyMs: 20_000, burst: 3, jitterMs: 0 },
} as const satisfies { account: Budget; room: Budget };

/** Older messages are history, unless the inbox shows that we have listened before: then the longer time holds. */
const backlogMs = 10 * 60_000;
const backlogMsMax = 7 * 24 * 3_600_000;
/** How often it is asked for an account that another process has, in ms. */
const holdMs = 3_000;
/** How long stopping may wait for messages that have arrived to be stored, in ms. */
const storeMsMax = 5_000;
const stragglerMsMax = 1_000;

/**
 * WeChat, through the puppet named in the options, for one login. `start` returns at once and connects by itself, once no
 * other process is connected with the same account.
 */
export function wechatChannel(options: WechatOptions): Channel {
  const timers = options.timers ?? machineTimers;
  const budgets = options.budgets ?? wechatBudgets;
  const state: State = { reason: 'not started', restUntil: 0 };
  const supervisor = keepConnected(options, state, timers);
  const pace = openPace(budgets.account.everyMs, timers);
  quieten();

  /** Connected, until it must not be any longer. */
  async function serve(until: Promise<unknown>): Promise<void> {
    state.reason = 'connecting';
    state.intake = await intakeOf(options, state, timers);
    supervisor.start();
    await until;
    await state.intake.drain(storeMsMax);
    await supervisor.stop();
    await state.intake.drain(stragglerMsMax);
    state.intake.close();
    state.intake = undefined;
    state.line = undefined;
  }

  return {
    name: 'wechat',
    budgets,
    parts: partsOf,
    health() {
      if (!supervisor.connected()) return { ready: false, reason: state.reason };
      if (state.line?.puppet.isLoggedIn) return { ready: true };
      return { ready: false, reason: 'connected, but nobody is logged in to WeChat' };
    },
    async start() {
      if (state.running !== undefined) return;
      const stop = new AbortController();
      const waiting = (reason: string) => {
        state.reason = reason;
      };
      state.running = { stop, done: whileHeld(options, { timers, stop: stop.signal, waiting, serve }) };
    },
    async stop() {
      const { running } = state;
      running?.stop.abort();
      await running?.done;
      state.running = undefined;
      state.reason = 'stopped';
    },
    async send(to, post) {
      const restMs = state.restUntil - timers.now();
      if (restMs > 0) throw new SendFault('rate', 'the account rests: WeChat said it is too often', restMs);
      return sendPost(current(state, supervisor), to, post, { timers, pace }).catch((fault: SendFault) => {
        if (fault.kind === 'passing' && !fault.doubtful) state.suspect?.();
        throw fault;
      });
    },
    fetch: async (ref, limit) => fetchFile(current(state, supervisor).puppet, ref, limit, timers),
  };
}

interface State {
  line?: Line | undefined;
  intake?: Intake | undefined;
  /** Why it is not connected. */
  reason: string;
  /** It was started and not stopped. */
  running?: { stop: AbortController; done: Promise<void> } | undefined;
  /** Something went wrong that may be the line's fault. */
  suspect?: (() => void) | undefined;
  /** Until when WeChat wants the account to rest; ms since 1970. */
  restUntil: number;
}

/** @throws SendFault when nobody is logged in */
function current({ line }: State, supervisor: Supervisor): Line {
  if (line !== undefined && supervisor.connected() && line.puppet.isLoggedIn) return line;
  throw new SendFault('passing', 'not logged in to WeChat');
}

interface Turns {
  timers: Timers;
  stop: AbortSignal;
  /** It can't be had, and why. */
  waiting: (reason: string) => void;
  serve: (until: Promise<unknown>) => Promise<void>;
}

/** Serves whenever the account is ours; never rejects. */
async function whileHeld(options: WechatOptions, { timers, stop, waiting, serve }: Turns): Promise<void> {
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
  const account = wechatAccount(options);
  while (!stop.aborted) {
    let held: Held | null = null;
    try {
      held = options.hold === undefined ? alone : await options.hold(account);
      if (held === null) waiting('another process holds this account');
      else await serve(Promise.race([stopped, held.lost]));
      if (held !== null && !stop.aborted)
        options.log.warn('wechat: the account is no longer ours; asking for it');
    } catch (err) {
      waiting('it could not begin');
      options.log.error({ err }, 'wechat: it could not begin; trying again');
    }
    await held?.release().catch((err) => options.log.warn({ err }, 'wechat: the account was gone already'));
    if (!stop.aborted) await timers.sleep(holdMs, stop);
  }
}

const alone: Held = { lost: new Promise(() => {}), release: async () => {} };

function keepConnected(options: WechatOptions, state: State, timers: Timers): Supervisor {
  const { log, puppet } = options;
  const listeners = listenersOf(options, state);
  return supervise({
    timers,
    patience: { ...patience, ...options.patience },
    explain: (fault) => (fault instanceof PuppetUnavailable ? fault.message : explain(fault)),
    async open(signs) {
      const link = await openLink(options, signs, listeners, timers);
      state.line = { puppet: link.puppet, directory: openDirectory(link.puppet, timers) };
      state.suspect = signs.suspect;
      return link;
    },
    up() {
      state.reason = 'the connection was lost';
      log.info({ puppet }, 'wechat: connected');
    },
    down(reason) {
      if (reason !== state.reason) log.warn({ puppet, reason }, 'wechat: not connected; trying again');
      state.reason = reason;
    },
  });
}

function listenersOf({ log, onScan, codeFile }: WechatOptions, state: State): LinkListeners {
  const code = codeFile === undefined ? undefined : openLoginCode(codeFile, log);
  return {
    login() {
      code?.clear();
      log.info('wechat: logged in');
    },
    logout: () => log.warn('wechat: logged out; a login with the phone is needed'),
    scan(scan) {
      log.warn({ status: scan.status }, 'wechat: a login is asked for: scan the code with the phone');
      if (scan.qrcode !== undefined) code?.show(scan.qrcode);
      onScan?.(scan);
    },
    message: (id) => state.intake?.take(id),
    mishap: (err) => log.error({ err }, 'wechat: an event could not be handled'),
  };
}

async function intakeOf(options: WechatOptions, state: State, timers: Timers): Promise<Intake> {
  const { log, receive, lastSeen } = options;
  return openIntake({
    account: wechatAccount(options),
    receive,
    line: () => state.line,
    since: await historyEnds(timers.now(), lastSeen),
    restricted() {
      state.restUntil = timers.now() + restMs;
      log.warn({ restMs }, 'wechat: WeChat says that the account does something too often; it rests');
    },
    timers,
    log,
  });
}

/** The moment (ms since 1970) before which messages are history. */
async function historyEnds(now: number, lastSeen: WechatOptions['lastSeen']): Promise<number> {
  const seen = Date.parse((await lastSeen?.()) ?? '');
  return Math.max(now - backlogMsMax, Math.min(now, Number.isNaN(seen) ? now : seen) - backlogMs);
}

/**
 * The library prints to the console, in its own format, and at its finer levels every text it carries. What matters
 * reaches us as events; whoever needs more sets `WECHATY_LOG`.
 */
function quieten(): void {
  if (libraryLog.level() === 'info') libraryLog.level('silent');
}

import { log as libraryLog } from 'wechaty-puppet';
import type { Log } from '../../log.ts';
import { type Budget, type Channel, type Receive, SendFault } from '../channel.ts';
import { wechatAccount } from './address.ts';
import { openDirectory } from './directory.ts';
import { explain, restMs } from './faults.ts';
import { fetchFile } from './fetch.ts';
import { type Intake, type Line, openIntake } from './intake.ts';
import { openLink, type Scan } from './link.ts';
import { type PuppetChoice, PuppetUnavailable } from './puppet.ts';
import { sendPost } from './send.ts';
import { type Patience, patience, type Signs, supervise } from './supervisor.ts';
import { machineTimers, type Timers } from './timers.ts';

export interface WechatOptions extends PuppetChoice {
  receive: Receive;
  log: Log;
  /** Called when WeChat asks for a login, with the code to scan. The code is a secret: show it, never log it. */
  onScan?: (scan: Scan) => void;
  /**
   * When the last message of this account that is in the inbox was sent (ISO instant), if any was: then nothing sent
   * since is lost, however long the service was down. Asked at each start.
   */
  lastSeen?: () => Promise<string | undefined>;
  patience?: Partial<Patience>;
  timers?: Timers;
  budgets?: { account: Budget; room: Budget };
}

/**
 * What WeChat tolerates of an account: about a message each 3 seconds, irregularly, and in one room a few at once and
 * then three a minute. All in ms.
 */
export const wechatBudgets = {
  account: { everyMs: 3_000, burst: 1, jitterMs: 2_000 },
  room: { everyMs: 20_000, burst: 3, jitterMs: 0 },
} as const satisfies { account: Budget; room: Budget };

/** Older messages are history, unless the inbox shows that we have listened before: then the longer time holds. */
const backlogMs = 10 * 60_000;
const backlogMsMax = 7 * 24 * 3_600_000;
/** How long stopping may wait for messages that have arrived to be stored, in ms. */
const storeMsMax = 5_000;
const stragglerMsMax = 1_000;

/** WeChat, through the puppet named in the options, for one login. `start` returns at once and connects by itself. */
export function wechatChannel(options: WechatOptions): Channel {
  const { log, timers = machineTimers } = options;
  const account = wechatAccount(options);
  let line: Line | undefined;
  let intake: Intake | undefined;
  let wanted = false;
  let reason = 'not started';
  let restUntil = 0;
  quieten();

  const listeners = {
    login: () => log.info('wechat: logged in'),
    logout: () => log.warn('wechat: logged out; a login on the phone is needed'),
    scan: (scan: Scan) => {
      log.warn(
        { status: scan.status },
        'wechat: a login is asked for; scan the code of the puppet with the phone',
      );
      options.onScan?.(scan);
    },
    message: (id: string) => intake?.take(id),
    mishap: (err: unknown) => log.error({ err }, 'wechat: an event could not be handled'),
  };
  const supervisor = supervise({
    timers,
    patience: { ...patience, ...options.patience },
    explain: (fault) => (fault instanceof PuppetUnavailable ? fault.message : explain(fault)),
    async open(signs: Signs) {
      const link = await openLink(options, signs, listeners, timers);
      line = { puppet: link.puppet, directory: openDirectory(link.puppet, timers) };
      return link;
    },
    up: () => {
      reason = 'the connection was lost';
      log.info({ puppet: options.puppet }, 'wechat: connected');
    },
    down: (why) => {
      if (why !== reason)
        log.warn({ puppet: options.puppet, reason: why }, 'wechat: not connected; trying again');
      reason = why;
    },
  });

  /** @throws SendFault when nobody is logged in */
  function current(): Line {
    if (line !== undefined && supervisor.connected() && line.puppet.isLoggedIn) return line;
    throw new SendFault('passing', 'not logged in to WeChat');
  }

  /** @throws SendFault while WeChat wants the account to rest */
  function rested(): Line {
    const restMs = restUntil - timers.now();
    if (restMs > 0) throw new SendFault('rate', 'the account rests: WeChat said it is too often', restMs);
    return current();
  }

  return {
    name: 'wechat',
    budgets: options.budgets ?? wechatBudgets,
    health() {
      if (!supervisor.connected()) return { ready: false, reason };
      if (!line?.puppet.isLoggedIn)
        return { ready: false, reason: 'connected, but nobody is logged in to WeChat' };
      return { ready: true };
    },
    async start() {
      if (wanted) return;
      wanted = true;
      reason = 'connecting';
      const since = await historyEnds(timers.now(), options.lastSeen).catch((fault) => {
        wanted = false;
        throw fault;
      });
      intake = openIntake({
        account,
        receive: options.receive,
        line: () => line,
        since,
        restricted: () => {
          restUntil = timers.now() + restMs;
          log.warn({ restMs }, 'wechat: WeChat says that the account does something too often; it rests');
        },
        timers,
        log,
      });
      supervisor.start();
    },
    async stop() {
      await intake?.drain(storeMsMax);
      await supervisor.stop();
      await intake?.drain(stragglerMsMax);
      intake?.close();
      intake = undefined;
      line = undefined;
      wanted = false;
      reason = 'stopped';
    },
    send: async (to, post) => sendPost(rested(), to, post, timers),
    fetch: async (ref, limit) => fetchFile(current().puppet, ref, limit, timers),
  };
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

import { webApi } from '@slack/bolt';
import type { IRouter } from 'express';
import type { Log } from '../../log.ts';
import type { Channel, Receive } from '../channel.ts';
import type { Forms } from '../form.ts';
import { boltApp, httpReceiver } from './bolt.ts';
import { caller } from './caller.ts';
import { download } from './download.ts';
import type { Self } from './envelope.ts';
import { toFault } from './fault.ts';
import { modalOpener, type OpenModal, openTimeoutMs } from './open-modal.ts';
import { presence } from './presence.ts';
import { sender } from './sender.ts';
import { slackLogger } from './slack-logger.ts';
import { socketReceiver } from './socket.ts';
import { toInbound } from './to-inbound.ts';

export interface SlackOptions {
  /** `xoxb-…` */
  botToken: string;
  /** HTTP: what Slack signs its requests with. */
  signingSecret?: string | undefined;
  /** HTTP: where `POST /slack/events` is mounted, at once; before anything that reads bodies. */
  mount?: IRouter | undefined;
  /** `xapp-…`: Socket Mode instead of HTTP. */
  appToken?: string | undefined;
  /** Base of the Web API; another one for tests. */
  apiUrl?: string | undefined;
  receive: Receive;
  /** What commands ask for in dialogs; without it all is asked as text. */
  forms?: Forms | undefined;
  log: Log;
  /** The machine's clock, on which Slack's own times are too; only slash commands come without one. */
  now?: () => Date;
  retry?: { first: number; max: number };
}

const apiTimeoutMs = 10_000;
const fileTimeoutMs = 60_000;
/** How long an event waits for us to know ourselves after a start: less than the three seconds Slack waits. */
const selfTimeoutMs = 2_000;

/** Slack, over HTTP or Socket Mode. @throws when the options serve neither */
export function slackChannel(options: SlackOptions): Channel {
  const { botToken, log, retry = { first: 1_000, max: 60_000 } } = options;
  const apiUrl = options.apiUrl ?? 'https://slack.com/api/';
  const logger = slackLogger(log);
  // Nothing is tried again here: the outbox does that, within its budgets, and knows what is still worth sending.
  const clientOptions: webApi.WebClientOptions = {
    slackApiUrl: apiUrl,
    timeout: apiTimeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  };
  const client = new webApi.WebClient(botToken, { ...clientOptions });
  const { appToken } = options;
  const socket = appToken === undefined ? undefined : socketReceiver(appToken, clientOptions, logger, log);
  const present = presence({
    identify: () => named('auth.test', () => identify(client)),
    ...(socket === undefined ? {} : { open: () => named('apps.connections.open', socket.open) }),
    log,
    retry,
  });
  boltApp(
    socket ?? overHttp(options, logger),
    logger,
    takeIn(options, () => present.self.get(selfTimeoutMs), opener(options, clientOptions)),
  );
  const calls = caller(log, present.lost);

  return {
    name: 'slack',
    // A second a message and channel, more or less, is what Slack asks for: docs.slack.dev/apis/web-api/rate-limits.
    budgets: {
      account: { everyMs: 20, burst: 50, jitterMs: 0 },
      room: { everyMs: 1_000, burst: 1, jitterMs: 0 },
    },
    health: present.health,
    start: present.start,
    stop: async () => {
      await socket?.idle();
      await present.stop();
      await socket?.idle();
    },
    ...sender(client, calls, () => present.self.now()?.team),
    fetch: async (ref, limit) => {
      const url = ref.includes(':') ? ref : await calls.run('files.info', () => urlOf(client, ref));
      return download(url, { token: botToken, apiUrl, limit, timeoutMs: fileTimeoutMs });
    },
  };
}

function overHttp({ signingSecret, mount, log }: SlackOptions, logger: webApi.Logger) {
  if (signingSecret === undefined || mount === undefined)
    throw new Error('Slack needs a signing secret and a place to mount, or an app token for Socket Mode');
  return httpReceiver(mount, signingSecret, logger, log);
}

function opener(
  { botToken, forms, log }: SlackOptions,
  clientOptions: webApi.WebClientOptions,
): OpenModal | undefined {
  if (forms === undefined) return undefined;
  return modalOpener(
    new webApi.WebClient(botToken, { ...clientOptions, timeout: openTimeoutMs }),
    forms,
    log,
  );
}

/** Resolves when the message is stored, is none to us, or a dialog asks for the rest of it. */
function takeIn(
  { receive, forms, log, now = () => new Date() }: SlackOptions,
  self: () => Promise<Self>,
  open: OpenModal | undefined,
) {
  return async (body: unknown): Promise<void> => {
    const us = await self();
    if (open !== undefined && (await open(body, us))) return;
    const inbound = toInbound(body, us, now().toISOString(), forms?.words);
    if (inbound === undefined) log.debug('something from Slack that is no message to us');
    else await receive(inbound);
  };
}

/** The reason that /healthz shows names the call, and holds no page of some proxy. */
async function named<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toFault(error, what);
  }
}

async function identify(client: webApi.WebClient): Promise<Self> {
  const { team_id: team, user_id: user } = await client.auth.test();
  if (team === undefined || user === undefined) throw new Error('auth.test does not say who we are');
  return { team, user };
}

async function urlOf(client: webApi.WebClient, file: string): Promise<string> {
  const info = await client.files.info({ file });
  return info.file?.url_private_download ?? info.file?.url_private ?? '';
}

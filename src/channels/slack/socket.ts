import { type App, type Receiver, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Log } from '../../log.ts';

/** Why a connection ended; `planned` when Slack asked us to take a new one, which it does every few hours. */
export interface Ending {
  reason: string;
  planned: boolean;
}

/** One connection of Socket Mode, good for once: when it ends another is opened. */
export interface Line {
  ended: Promise<Ending>;
  close(): Promise<void>;
}

export interface SocketReceiver extends Receiver {
  /** @throws when no connection comes about within `openTimeoutMs` */
  open(): Promise<Line>;
  /** Resolves when nothing is being stored any more. */
  idle(): Promise<void>;
}

const closeTimeoutMs = 1_000;

/**
 * Socket Mode for Bolt, other than Bolt's own in two ways. Bolt acknowledges an event before it is handled: here the
 * acknowledgement goes out when `processEvent` is done, so that what could not be stored is sent again (as asked for in
 * github.com/slackapi/bolt-js/issues/2788). And Slack's client reconnects by itself in a way that ends the process when
 * it fails (node-slack-sdk/issues/2656) or waits 5 to 12 seconds: here each connection is a fresh client, and whoever
 * opened it opens the next.
 */
export function socketReceiver(
  appToken: string,
  clientOptions: webApi.WebClientOptions,
  logger: webApi.Logger,
  log: Log,
  openTimeoutMs = 30_000,
): SocketReceiver {
  let app: App | undefined;
  const busy = new Set<Promise<void>>();
  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => {},
    stop: async () => {},
    idle: async () => void (await Promise.all(busy)),
    open: async () => {
      const { client } = new SocketModeReceiver({
        appToken,
        logger,
        autoReconnectEnabled: false,
        installerOptions: { clientOptions: { ...clientOptions } },
      });
      client.on('slack_event', (envelope: Envelope) => {
        const work = take(app, envelope, log).finally(() => busy.delete(work));
        busy.add(work);
      });
      return openLine(client, log, openTimeoutMs);
    },
  };
}

type Client = SocketModeReceiver['client'];

interface Envelope {
  body: Record<string, unknown>;
  ack: (response?: Record<string, unknown>) => Promise<void>;
}

async function take(app: App | undefined, { body, ack }: Envelope, log: Log): Promise<void> {
  try {
    await app?.processEvent({ body, ack: async () => {} });
    await ack();
  } catch (error) {
    log.error({ err: error }, 'a message from Slack was not acknowledged; Slack will send it again');
  }
}

async function openLine(client: Client, log: Log, openTimeoutMs: number): Promise<Line> {
  const ended = new Promise<Ending>((resolve) => {
    const onMessage = guard(client, log);
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      const goodbye = readGoodbye(data);
      if (goodbye !== undefined) resolve(goodbye);
      onMessage(data, isBinary);
    });
    client.on('disconnected', () => resolve({ reason: 'Socket Mode: connection lost', planned: false }));
  });
  const close = () => closeLine(client);
  await within(openTimeoutMs, client.start(), 'Socket Mode: no connection').catch(async (error: unknown) => {
    await close();
    throw error ?? new Error('Socket Mode: connection refused');
  });
  return { ended, close };
}

/** Slack's own reader of messages rejects unseen, ending the process, for an event without an inner event (3.1.0). */
function guard(client: Client, log: Log): (data: unknown, isBinary: unknown) => void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  return (data, isBinary) => {
    for (const reader of readers)
      Promise.resolve(reader(data, isBinary)).catch((error: unknown) =>
        log.warn({ err: error }, 'a message of Socket Mode could not be read'),
      );
  };
}

function readGoodbye(data: unknown): Ending | undefined {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return undefined;
  const message: unknown = JSON.parse(data);
  if (
    typeof message !== 'object' ||
    message === null ||
    !('type' in message) ||
    message.type !== 'disconnect'
  )
    return undefined;
  const reason = 'reason' in message ? String(message.reason) : 'disconnect';
  return {
    reason: `Socket Mode: ${reason}`,
    planned: reason === 'warning' || reason === 'refresh_requested',
  };
}

/** Asks the other side to close; when it does not, the second call cuts the connection. */
async function closeLine(client: Client): Promise<void> {
  await within(closeTimeoutMs, client.disconnect(), 'not closed').catch(() => client.disconnect());
}

async function within<T>(ms: number, work: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

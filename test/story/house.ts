import { expect, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { type HandClock, handClock } from '../../src/clock.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Sockets } from '../../src/connect.ts';
import { createDialogs } from '../../src/conversation/dialogs.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { ensureCoordinators } from '../../src/conversation/people.ts';
import { createService } from '../../src/service.ts';
import { createWeb, listen } from '../../src/web/server.ts';
import { quietLog } from '../channels/slack/quiet-log.ts';
import { campaignText, start } from '../conversation/campaign-stage.ts';
import { freshDatabase } from '../database.ts';
import { testKeys } from '../keys.ts';
import { openStrictly } from '../strict-database.ts';

/** The program as `startApp` puts it together, on a database of its own; only its clock is moved by hand. */
export interface House {
  clock: HandClock;
  /** Where it listens. */
  url: string;
  /** What it logged. */
  log: Record<string, unknown>[];
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** How many rows a table has. */
  count(table: string, where?: string): Promise<number>;
  /** Waits until nothing is left to be done at this moment of the clock. */
  settled(): Promise<void>;
  /** Moves the clock and lets happen what falls due then. */
  at(instant: string): Promise<void>;
  /** Ends it as SIGTERM does, and removes the database. */
  close(): Promise<void>;
}

export interface HouseOptions {
  now: string;
  /** As in DUBAN_COORDINATORS. */
  coordinators: string;
  /** Opens the channels, which are started once it listens. */
  channels: (sockets: Sockets) => Channel[] | Promise<Channel[]>;
  /** Whether citizens' answers must be kept in mainland China, as the sample says; in Slack they then can't answer. */
  prc?: boolean;
  /** Gives the console page its rooms and people; a console channel must then carry what they are told. */
  console?: boolean;
}

/** With the sample campaign loaded as a draft. */
export async function openHouse({
  now,
  coordinators,
  channels,
  prc = true,
  console = false,
}: HouseOptions): Promise<House> {
  const fresh = await freshDatabase();
  const database = openStrictly(fresh.config);
  const clock = handClock(now);
  const lines: Record<string, unknown>[] = [];
  const log = quietLog(lines);
  await ensureCoordinators(database, coordinators);
  const file = { start, path: 'campaigns/jiaxing-2014.yaml', clock, console };
  const text = await campaignText('jiaxing-2014');
  const loaded = await loadCampaign(database, prc ? text : text.replace(/^id: .*$/m, '$&\nprc: false'), file);
  if (loaded.faults !== undefined) expect.fail(JSON.stringify(loaded.faults));

  const service = await createService({
    ...{ database, clock, rehearsal: false, log },
    keys: testKeys,
    publicUrl: () => 'http://duban.test',
  });
  const open: Channel[] = [];
  const web = createWeb(database, () => open);
  const forms = createDialogs(service.options);
  const sockets = { web, receive: service.receive, forms, log, clock, rehearsal: false, database };
  open.push(...(await channels(sockets)));
  await service.start(open);
  const server = await listen(web, '127.0.0.1', 0);
  for (const channel of open) await channel.start();

  const query: House['query'] = async (sql, values = []) => (await database.pool.query(sql, values)).rows;
  const settled = async () => {
    await vi.waitUntil(
      async () => {
        const [row] = await query<{ open: number }>(unfinished, [clock.now().toISOString()]);
        if (row?.open === 0) return true;
        service.signal();
        return false;
      },
      { interval: 5, timeout: 20_000 },
    );
  };
  return {
    clock,
    url: `http://127.0.0.1:${server.port}`,
    log: lines,
    query,
    count: async (table, where = 'true') => {
      const [row] = await query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`);
      return row?.n ?? 0;
    },
    settled,
    at: async (instant) => {
      clock.set(instant);
      await settled();
    },
    close: async () => {
      await Promise.all(open.map((channel) => channel.stop()));
      await server.stop();
      await service.stop();
      await database.close();
      await fresh.drop();
    },
  };
}

/** What waits to be done at the moment $1: messages in and out, reminders, digests, silent sessions. */
const unfinished = `SELECT (SELECT count(*) FROM inbox WHERE status IN ('waiting', 'fetching'))::int
  + (SELECT count(*) FROM outbox WHERE status = 'sending' OR (status = 'waiting' AND due_at <= $1::timestamptz))::int
  + (SELECT count(*) FROM assignment WHERE remind_at <= $1::timestamptz)::int
  + (SELECT count(*) FROM campaign WHERE digest_at <= $1::timestamptz)::int
  + (SELECT count(*) FROM session WHERE wake_at <= $1::timestamptz AND ended_at IS NULL)::int AS open`;

/** The same channel with no budget to wait for: the real ones are tested where they are made. */
export function unhurried(channel: Channel): Channel {
  return { ...channel, budgets: freeBudgets };
}

const free = { everyMs: 0, burst: 1, jitterMs: 0 };
/** For a channel that keeps a pace of its own by them. */
export const freeBudgets = { account: free, room: free };

/** The settings of this environment, as the program reads them. */
export function configOf(environment: Record<string, string>): Config {
  const read = readConfig(environment);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

/** What went wrong according to the log. */
export function faults(house: House): unknown[] {
  return house.log.filter(({ level }) => Number(level) >= 50);
}

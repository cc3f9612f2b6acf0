import { pino } from 'pino';
import type { Inbound } from '../../src/channels/channel.ts';
import { SendFault } from '../../src/channels/channel.ts';
import { type HandClock, handClock } from '../../src/clock.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { type TurnOptions, takeTurns } from '../../src/conversation/turn.ts';
import { post } from '../../src/conversation/wording.ts';
import { describeFault } from '../../src/errors.ts';
import type { Say } from '../../src/flow/say.ts';
import { afterFault } from '../../src/jobs/undelivered.ts';
import { wakeUp } from '../../src/jobs/wake-ups.ts';
import type { Log } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import { exchange, type Receipt } from '../../src/store/outbox.ts';
import { healthOf } from '../../src/web/health.ts';
import { freshDatabase } from '../database.ts';
import { testKeys } from '../keys.ts';
import { openStrictly } from '../strict-database.ts';
import { rooms } from './campaign.ts';
import type { Step } from './script.ts';

/** A message as it went to its address, with everything that its reader's channel is given. */
export interface Sent {
  to: string;
  only: string | null;
  mention: string | null;
  redrawn: string[];
  priority: number;
  at: string;
  dueAt: string;
  text: string;
  ask: unknown;
}

/** What can be seen from outside after one step. */
export interface Seen {
  sent: Sent[];
  health: unknown;
  log: string[];
}

/** A service of its own on a database of its own. */
export interface World {
  database: Database;
  clock: HandClock;
  log: Log;
  take(step: Step): Promise<Seen>;
  close(): Promise<void>;
}

const start = '2026-06-22T09:00:00+08:00';

export async function openWorld(campaign: string): Promise<World> {
  const fresh = await freshDatabase();
  const database = openStrictly(fresh.config);
  const clock = handClock(start);
  const lines: string[] = [];
  const log = pino(
    { level: 'trace', base: null, timestamp: false, serializers: { err: describeFault } },
    { write: (line: string) => void lines.push(line) },
  );
  const library = createLibrary(database);
  const options: ByHand = {
    database,
    library,
    clock,
    log,
    keys: testKeys,
    publicUrl: () => 'http://duban.test',
    said: () => undefined,
  };
  const loaded = await loadCampaign(database, campaign, {
    start: '2026-06-22',
    path: 'mixed.yaml',
    clock,
    console: true,
  });
  if (loaded.faults !== undefined) throw new Error(JSON.stringify(loaded.faults));
  const post = outside(options);
  const act = actions(options, post);
  let last = '0';
  return {
    database,
    clock,
    log,
    take: async (step) => {
      await act(step);
      const { sent, seq } = await sentAfter(database, last);
      last = seq;
      return { sent, health: await healthOf(database, []), log: lines.splice(0) };
    },
    close: async () => {
      await database.close();
      await fresh.drop();
    },
  };
}

/** What lies outside: every channel, which takes all that is due and fails for whom it is told to. */
type ByHand = TurnOptions & { clock: HandClock };

interface Outside {
  failing: Map<string, 'unreachable' | 'refused'>;
  deliver(): Promise<void>;
}

function outside(options: TurnOptions): Outside {
  const failing: Outside['failing'] = new Map();
  const { database, clock, log } = options;
  const common = {
    database,
    clock,
    machine: clock,
    random: () => 0,
    log,
    rehearsal: false,
    connected: () => ['console' as const],
  };
  const trade = (receipts: Receipt[], limit: number) => {
    const now = clock.now().toISOString();
    return exchange(database, {
      channel: 'console',
      receipts,
      now,
      machineNow: now,
      leaseUntil: now,
      limit,
      budgeted: false,
      choose: (chosen) => ({ chosen, lanes: [], putOff: [] }),
    });
  };
  return {
    failing,
    deliver: async () => {
      for (let claimed = await trade([], 100); claimed.length > 0; ) {
        const at = clock.now().toISOString();
        const receipts: Receipt[] = [];
        for (const message of claimed) {
          const how = failing.get(message.address);
          receipts.push(
            how === undefined
              ? { seq: message.seq, status: 'sent', at, externalId: `m${message.shown}` }
              : await afterFault(common, message, new SendFault(how, 'not there'), at),
          );
        }
        claimed = await trade(receipts, 100);
      }
    },
  };
}

function actions(options: ByHand, { failing, deliver }: Outside): (step: Step) => Promise<void> {
  const { database, clock } = options;
  const receive = createReceive({
    database,
    clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  let count = 0;
  const say = async (message: Partial<Inbound> & Pick<Inbound, 'urn' | 'text'>) => {
    count += 1;
    clock.advance(60_000);
    await receive(inbound(message, `in-${count}`, clock.now()));
    while ((await takeTurns(options)) > 0);
  };
  return async (step) => {
    switch (step.kind) {
      case 'says': {
        const room = step.place === 'private' ? {} : { room: rooms[step.place] };
        const addressed = step.place === 'private' || step.addressed || step.slash;
        await say({ urn: step.who, text: step.text, slash: step.slash, addressed, ...room });
        break;
      }
      case 'taps': {
        const press = await lastAsked(database, step.who, step.option);
        if (press !== null) await say({ urn: step.who, text: '', press });
        break;
      }
      case 'binds': {
        const code = await lastCode(database);
        if (code !== null) await say({ urn: step.who, text: `绑定 ${code}` });
        break;
      }
      case 'recalls':
        await say({ urn: step.who, text: `撤回暗访 ${await lastSent(database)}` });
        break;
      case 'waits':
        for (let hour = 0; hour < step.hours; hour += 6) {
          clock.advance(Math.min(6, step.hours - hour) * 3_600_000);
          while ((await wakeUp(options)) > 0);
        }
        break;
      case 'fails':
        if (step.how === 'not') failing.delete(step.who);
        else failing.set(step.who, step.how);
    }
    await deliver();
  };
}

function inbound(message: Partial<Inbound> & Pick<Inbound, 'urn' | 'text'>, id: string, now: Date): Inbound {
  return {
    channel: 'console',
    account: 'console',
    externalId: id,
    kind: 'text',
    addressed: true,
    slash: false,
    files: [],
    sentAt: now.toISOString(),
    ...message,
  };
}

async function lastAsked(
  database: Database,
  urn: string,
  option: number,
): Promise<NonNullable<Inbound['press']> | null> {
  const { rows } = await database.pool.query<{ say: Say }>(
    `SELECT say FROM outbox WHERE address = $1 AND say ? 'ask' ORDER BY seq DESC LIMIT 1`,
    [urn],
  );
  const ask = rows[0]?.say.ask;
  const chosen = ask?.options[option % Math.max(1, ask.options.length)];
  return ask === undefined || chosen === undefined
    ? null
    : { target: ask.target, question: ask.question, options: [chosen.id] };
}

async function lastSent(database: Database): Promise<string> {
  const { rows } = await database.pool.query<{ number: string }>(
    `SELECT body -> 'data' ->> 'number' AS number FROM audit WHERE kind = 'assignment.sent' ORDER BY seq DESC LIMIT 1`,
  );
  return rows[0]?.number ?? '99999999';
}

async function lastCode(database: Database): Promise<string | null> {
  const row = await database.prisma.invite.findFirst({ orderBy: { expiresAt: 'desc' } });
  return row?.code ?? null;
}

async function sentAfter(database: Database, seq: string): Promise<{ sent: Sent[]; seq: string }> {
  const { rows } = await database.pool.query<
    Omit<Sent, 'text' | 'ask' | 'to' | 'at' | 'redrawn'> & {
      seq: string;
      to: string;
      at: Date;
      due: Date;
      say: Say;
      settles: { say: Say }[] | null;
      language: 'en' | 'zh-CN' | null;
    }
  >(
    `SELECT o.seq::text, o.address AS to, o."only", o.mention, o.priority, o.created_at AS at, o.due_at AS due, o.say, o.settles, c.language
     FROM outbox o LEFT JOIN contact c ON c.id = o.contact_id WHERE o.seq > $1 ORDER BY o.seq`,
    [seq],
  );
  const sent = rows.map(({ say, settles, at, due, language, seq: _, ...row }) => {
    const { text, ask } = post(say, language ?? 'zh-CN');
    const redrawn = (settles ?? []).map((one) => post(one.say, language ?? 'zh-CN').text);
    return { ...row, redrawn, at: at.toISOString(), dueAt: due.toISOString(), text, ask: ask ?? null };
  });
  return { sent, seq: rows.at(-1)?.seq ?? seq };
}

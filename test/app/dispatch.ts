import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { channelOf } from '../../src/channels/address.ts';
import type { ChannelName } from '../../src/channels/channel.ts';
import { type HandClock, handClock } from '../../src/clock.ts';
import { startDispatcher } from '../../src/jobs/dispatcher.ts';
import type { Loop } from '../../src/jobs/loop.ts';
import { type Database, runOn } from '../../src/store/database.ts';
import { commitWrites, noWrites, type OutboxRow, priority } from '../../src/store/writes.ts';
import { openStage, type Stage } from '../conversation/campaign-stage.ts';
import type { FakeChannel } from './fake-channel.ts';

/** Dispatchers on a database of the test's own, with a machine clock that is moved by hand. */
export interface Dispatch extends Stage {
  machine: HandClock;
  start(
    channel: FakeChannel,
    options?: { random?: () => number; database?: Database; rehearsal?: boolean },
  ): Loop;
  /** Lets every dispatcher look until nothing is on its way and nothing more may go now. */
  rest(): Promise<void>;
  /** Moves the machine's clock and lets everything settle. */
  after(ms: number): Promise<void>;
  /** Writes texts into the outbox. */
  put(...messages: Put[]): Promise<void>;
  /** Every message of the outbox: text, status and tries, as written. */
  outbox(): Promise<{ text: string; status: string; attempts: number }[]>;
  /** A person with these addresses, the first of which they last wrote from. */
  person(...urns: string[]): Promise<string>;
}

/** Without a text nothing is posted. */
export type Put = { to: string; text: string } & Partial<
  Pick<
    OutboxRow,
    'priority' | 'contactId' | 'only' | 'mention' | 'quiet' | 'sessionId' | 'question' | 'settles'
  >
>;

export async function openDispatch(): Promise<Dispatch> {
  const stage = await openStage('2026-06-22T10:00:00+08:00');
  const { query, database, clock } = stage;
  const machine = handClock('2026-11-01T00:00:00Z');
  const running: { loop: Loop; channel: FakeChannel }[] = [];
  // Registered after the stage's own, and so called before it.
  onTestFinished(async () => {
    await Promise.all(running.map(({ loop }) => loop.stop()));
  });

  async function rest(): Promise<void> {
    const tries = () => running.reduce((sum, { channel }) => sum + channel.tries, 0);
    for (;;) {
      const before = tries();
      // After the second look the receipts of the first are written, after the third what the second found is on its way.
      for (let look = 0; look < 3; look += 1)
        await Promise.all(running.map(({ loop, channel }) => channel.looked(loop.signal)));
      const [sending] = await query<{ n: number }>(
        `SELECT count(*)::int AS n FROM outbox WHERE status = 'sending' AND lease_until > $1`,
        [machine.now().toISOString()],
      );
      if (tries() === before && sending?.n === 0) return;
    }
  }

  return {
    ...stage,
    machine,
    rest,
    start: (channel, options = {}) => {
      const connected = (): ChannelName[] => running.map((one) => one.channel.name);
      const common = { ...stage, machine, random: () => 0, rehearsal: false, connected, pollMs: 60_000 };
      const loop = startDispatcher(channel, { ...common, ...options });
      running.push({ loop, channel });
      return loop;
    },
    after: async (ms) => {
      machine.advance(ms);
      await rest();
    },
    put: async (...messages) => {
      const at = clock.now().toISOString();
      const outbox = messages.map(({ to, text, ...more }): OutboxRow => {
        const row = { channel: channelOf(to), address: to, priority: priority.reply, at, dueAt: at, ...more };
        return { ...row, say: { lines: text === '' ? [] : [{ text }] } };
      });
      await commitWrites(runOn(database.pool), { ...noWrites(), outbox });
    },
    outbox: () =>
      query(`SELECT say -> 'lines' -> 0 ->> 'text' AS text, status, attempts FROM outbox ORDER BY seq`),
    person: async (...urns) => {
      const id = randomUUID();
      await database.prisma.contact.create({ data: { id, address: urns[0] ?? null, language: 'zh-CN' } });
      for (const urn of urns) await database.prisma.urn.create({ data: { urn, contactId: id } });
      return id;
    },
  };
}

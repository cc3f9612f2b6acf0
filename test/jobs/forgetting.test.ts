import { expect, it } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { machineClock } from '../../src/clock.ts';
import { startDispatcher } from '../../src/jobs/dispatcher.ts';
import { cast, stage } from '../conversation/stage.ts';

it('says goodbye in the person’s language, and then keeps no word of an anonymous survey with any address', async () => {
  const talk = await stage({ language: 'en' });
  await talk.says(cast.citizen, '语言 English');
  const texts: string[] = [];
  const channel: Channel = {
    name: 'console',
    budgets: { account: { everyMs: 0, burst: 1, jitterMs: 0 }, room: { everyMs: 0, burst: 1, jitterMs: 0 } },
    health: () => ({ ready: true }),
    start: async () => undefined,
    stop: async () => undefined,
    send: async (_to, { text }) => {
      texts.push(text);
      return `sent-${texts.length}`;
    },
    update: async () => undefined,
  };
  for (const text of ['评价', 'very dissatisfied', '1, 3', '20 minutes', 'the queue was long', 'no thanks'])
    await talk.says(cast.citizen, text);
  const dispatcher = startDispatcher(channel, {
    database: talk.database,
    clock: talk.clock,
    machine: machineClock,
    random: () => 0,
    log: talk.log,
    rehearsal: false,
    connected: () => ['console'],
  });
  await expect
    .poll(() =>
      talk.query(`SELECT count(*)::int AS n FROM outbox WHERE status <> 'sent' AND due_at <= $1`, [
        talk.clock.now(),
      ]),
    )
    .toEqual([{ n: 0 }]);
  await dispatcher.stop();
  expect(texts.at(-1)).toContain('Your answers help');

  const kept = await talk.query<{ row: string }>(
    `SELECT say::text AS row FROM outbox WHERE address = $1
     UNION ALL SELECT body::text FROM inbox WHERE urn = $1`,
    [cast.citizen],
  );
  for (const { row } of kept)
    expect(row).not.toMatch(/dissatisfied|20 minutes|queue was long|Waited too long|"n": 20/i);
  expect(
    await talk.query('SELECT 1 FROM session WHERE contact_id IS NOT NULL AND flow_id LIKE $1', ['%citizen']),
  ).toEqual([]);
  expect(await talk.query('SELECT 1 FROM outbox WHERE session_id IS NOT NULL')).toEqual([]);
});

import { expect, test } from 'vitest';
import type { Inbound } from '../../src/channels/channel.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { type TurnOptions, takeTurns } from '../../src/conversation/turn.ts';
import { wakeSessions } from '../../src/conversation/wake.ts';
import { post } from '../../src/conversation/wording.ts';
import type { Say } from '../../src/flow/say.ts';
import lockWake from '../../src/store/sql/lock-wake.sql';
import { openStage, publishedSample, type Stage } from './campaign-stage.ts';

const published = '2026-06-22T10:00:00+08:00';
const room = 'console:room/inspection';

interface Talk extends Stage {
  say(urn: string, text: string, room?: string): Promise<void>;
  receive(urn: string, text: string, room?: string): Promise<void>;
  turns(): Promise<void>;
}

async function openTalk(): Promise<Talk> {
  const stage = await openStage(published);
  await publishedSample(stage);
  const options: TurnOptions = { ...stage, said: () => undefined };
  const receive = createReceive({ ...stage, stored: () => undefined, fetchLater: async () => undefined });
  let count = 0;
  const talk: Talk = {
    ...stage,
    receive: async (urn, text, where) => {
      count += 1;
      const inbound: Inbound = {
        channel: 'console',
        account: 'console',
        externalId: `${urn}/${count}`,
        urn,
        kind: 'text',
        text,
        addressed: true,
        slash: false,
        files: [],
        sentAt: stage.clock.now().toISOString(),
      };
      expect(await receive(where === undefined ? inbound : { ...inbound, room: where })).toBe(true);
    },
    turns: async () => {
      while ((await takeTurns(options)) > 0);
    },
    say: async (urn, text, where) => {
      await talk.receive(urn, text, where);
      await talk.turns();
    },
  };
  return talk;
}

interface Session {
  id: string;
  status: string;
  wake_at: Date | null;
  contact_id: string | null;
  state: { at: string | null; wakeAt: string | null; nudged: boolean };
}

function sessions({ query }: Stage): Promise<Session[]> {
  return query<Session>('SELECT id, status, wake_at, contact_id, state FROM session ORDER BY started_at, id');
}

/** What was said since the last call, as the reader sees it. */
function listener({ query }: Stage): () => Promise<string[]> {
  let heard = 0;
  return async () => {
    const rows = await query<{
      seq: string;
      address: string;
      mention: string | null;
      say: Say;
      settles: { say: Say }[] | null;
    }>('SELECT seq, address, mention, say, settles FROM outbox WHERE seq > $1 ORDER BY seq', [heard]);
    heard = Number(rows.at(-1)?.seq ?? heard);
    return rows.flatMap(({ address, mention, say, settles }) =>
      [...(settles ?? []).map((settled) => settled.say), say]
        .filter(({ lines }) => lines.length > 0)
        .map((one) => `${address}${mention === null ? '' : ` @${mention}`} ${post(one, 'zh-CN').text}`),
    );
  };
}

test('silence is met with one nudge and then with an end; of an anonymous one nothing is kept', async () => {
  const talk = await openTalk();
  const heard = listener(talk);
  await talk.say('console:citizen', '评价');
  await heard();
  talk.clock.set('2026-06-22T11:59:00+08:00');
  expect(await wakeSessions(talk, 100)).toBe(0);
  talk.clock.set('2026-06-22T12:00:00+08:00');
  expect(await wakeSessions(talk, 100)).toBe(1);
  expect(await wakeSessions(talk, 100)).toBe(0);
  expect(await heard()).toEqual([
    expect.stringMatching(/^console:citizen “窗口服务评价”还没有填完[\s\S]*您对今天的窗口服务满意吗/),
  ]);
  expect(await sessions(talk)).toMatchObject([
    { status: 'live', wake_at: new Date('2026-06-23T10:00:00+08:00'), state: { nudged: true } },
  ]);
  talk.clock.set('2026-06-23T10:00:00+08:00');
  expect(await wakeSessions(talk, 100)).toBe(1);
  // The question that was left open loses its options, and the person is told.
  expect(await heard()).toEqual([
    expect.stringMatching(/^console:citizen 1\/3 您对今天的窗口服务满意吗/),
    expect.stringMatching(/^console:citizen “窗口服务评价”长时间未收到回复/),
  ]);
  expect(await sessions(talk)).toEqual([]);
  const leads = `SELECT count(*)::int FROM outbox WHERE session_id IS NOT NULL AND NOT forget`;
  expect(await talk.query(leads)).toEqual([{ count: 0 }]);
});

test('an answer after the nudge goes on where it was', async () => {
  const talk = await openTalk();
  await talk.say('console:citizen', '评价');
  talk.clock.set('2026-06-22T12:00:00+08:00');
  await wakeSessions(talk, 100);
  await talk.say('console:citizen', '满意');
  expect(await sessions(talk)).toMatchObject([
    { status: 'live', state: { at: 'waiting-minutes', nudged: false } },
  ]);
});

test('a checklist in a room is asked after in the room, to the person', async () => {
  const talk = await openTalk();
  const heard = listener(talk);
  await talk.say('console:inspector-1', '签到', room);
  await heard();
  talk.clock.set('2026-06-22T12:00:00+08:00');
  expect(await wakeSessions(talk, 100)).toBe(1);
  expect(await heard()).toEqual([
    expect.stringMatching(/^console:room\/inspection @console:inspector-1 “窗口检查清单”还没有填完/),
  ]);
});

test('in a room where the person has no address any more, they are asked in private', async () => {
  const talk = await openTalk();
  const heard = listener(talk);
  await talk.say('console:inspector-1', '签到', room);
  await heard();
  await talk.query(`UPDATE inbox SET urn = 'console:citizen' WHERE urn = 'console:inspector-1'`);
  await talk.query(`UPDATE urn SET urn = 'wechat:phone' WHERE urn = 'console:inspector-1'`);
  talk.clock.set('2026-06-22T12:00:00+08:00');
  await wakeSessions(talk, 100);
  expect(await heard()).toEqual([expect.stringMatching(/^wechat:phone “窗口检查清单”还没有填完/)]);
});

test('in quiet hours nothing is said; the column waits for the morning and the engine’s state stays', async () => {
  const talk = await openTalk();
  const heard = listener(talk);
  talk.clock.set('2026-06-22T20:30:00+08:00');
  await talk.say('console:citizen', '评价');
  await heard();
  talk.clock.set('2026-06-22T22:30:00+08:00');
  expect(await wakeSessions(talk, 100)).toBe(1);
  expect(await wakeSessions(talk, 100)).toBe(0);
  expect(await heard()).toEqual([]);
  expect(await sessions(talk)).toMatchObject([
    {
      wake_at: new Date('2026-06-23T08:00:00+08:00'),
      state: { wakeAt: '2026-06-22T14:30:00.000Z', nudged: false },
    },
  ]);
  talk.clock.set('2026-06-23T08:00:00+08:00');
  expect(await wakeSessions(talk, 100)).toBe(1);
  expect(await heard()).toHaveLength(1);
});

test('whoever has answered and is not served yet is neither nudged nor ended', async () => {
  const talk = await openTalk();
  await talk.say('console:citizen', '评价');
  talk.clock.set('2026-06-24T12:00:00+08:00');
  await talk.receive('console:citizen', '满意');
  expect(await wakeSessions(talk, 100)).toBe(0);
  await talk.turns();
  const heard = listener(talk);
  await heard();
  while ((await wakeSessions(talk, 100)) > 0);
  expect(await heard()).toEqual([]);
  const next = '2026-06-24T06:00:00.000Z';
  expect(await sessions(talk)).toMatchObject([
    { status: 'live', wake_at: new Date(next), state: { at: 'waiting-minutes', wakeAt: next } },
  ]);
});

async function manyTalk(talk: Talk, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await talk.receive(`console:guest-${n}`, '评价');
  await talk.turns();
  expect(await sessions(talk)).toHaveLength(count);
}

test('many processes at once nudge everybody exactly once', async () => {
  const talk = await openTalk();
  await manyTalk(talk, 60);
  const heard = listener(talk);
  await heard();
  talk.clock.set('2026-06-22T12:00:00+08:00');
  const process = async () => {
    let count = 0;
    for (let done = -1; done !== 0; count += done) done = await wakeSessions(talk, 7);
    return count;
  };
  const counts = await Promise.all([process(), process(), process()]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(60);
  const said = await heard();
  expect(new Set(said.map((line) => line.split(' ')[0])).size).toBe(60);
  expect(said).toHaveLength(60);
});

test('a session that can’t be looked after stops nobody else and is put off an hour', async () => {
  const talk = await openTalk();
  await manyTalk(talk, 3);
  const heard = listener(talk);
  await heard();
  const [, broken] = await sessions(talk);
  await talk.query(`UPDATE session SET state = jsonb_set(state, '{at}', '"gone"') WHERE id = $1`, [
    broken?.id,
  ]);
  const faults: { session?: string }[] = [];
  const log = { error: (about: object) => void faults.push(about) } as unknown as Stage['log'];
  talk.clock.set('2026-06-22T12:00:00+08:00');
  expect(await wakeSessions({ ...talk, log }, 100)).toBe(3);
  expect(await wakeSessions({ ...talk, log }, 100)).toBe(0);
  expect(await heard()).toHaveLength(2);
  expect(faults.map(({ session }) => session)).toEqual([undefined, broken?.id]);
  expect((await sessions(talk)).find(({ id }) => id === broken?.id)?.wake_at).toEqual(
    new Date('2026-06-22T13:00:00+08:00'),
  );
});

test('when the database is at fault, it is said so', async () => {
  const talk = await openTalk();
  await talk.say('console:citizen', '评价');
  await talk.query('ALTER TABLE session RENAME COLUMN wake_at TO woken_at');
  await expect(wakeSessions(talk, 100)).rejects.toMatchObject({ code: '42703' });
});

test.each(['force_generic_plan', 'force_custom_plan'])(
  'who is due is found by the index, however many are open (%s)',
  async (mode) => {
    const stage = await openStage(published);
    await publishedSample(stage);
    await stage.query(
      `WITH people AS (INSERT INTO contact (address) SELECT 'console:' || n FROM generate_series(1, 20000) n RETURNING id)
       INSERT INTO session (contact_id, campaign_id, flow_id, flow_version, status, state, active_at, started_at, wake_at)
       SELECT p.id, c.id, 'jiaxing-2014/citizen', 1, 'live', '{}', now(), now(),
         '2026-07-01T00:00:00Z'::timestamptz + random() * interval '30 days'
       FROM people p, campaign c`,
    );
    const client = await stage.database.pool.connect();
    try {
      for (const analyzed of [false, true]) {
        if (analyzed) await client.query('ANALYZE');
        await client.query(`SET plan_cache_mode = ${mode}`);
        await client.query(`PREPARE due (timestamptz, int) AS ${lockWake}`);
        const { rows } = await client.query(`EXPLAIN EXECUTE due ('2026-07-01T01:00:00Z', 200)`);
        await client.query('DEALLOCATE due');
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).toMatch(/Index Scan (using|on) session_wake_at_idx/);
        expect(plan).not.toMatch(/Seq Scan on (session|contact)/);
      }
    } finally {
      client.release(true);
    }
  },
);

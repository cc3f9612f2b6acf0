import { expect, onTestFinished, test } from 'vitest';
import { type Channel, type Inbound, SendFault } from '../../src/channels/channel.ts';
import { type HandClock, handClock } from '../../src/clock.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import { post, sentence } from '../../src/conversation/wording.ts';
import type { Say } from '../../src/flow/say.ts';
import { giveUpFiles, startFetcher } from '../../src/jobs/fetcher.ts';
import type { Loop } from '../../src/jobs/loop.ts';
import { claim, fetchLater, reclaimFetches } from '../../src/store/fetches.ts';
import { fakeChannel } from '../app/fake-channel.ts';
import { answersOf, enter, message, openQuestionnaires } from '../app/questionnaire.ts';
import { openStage, type Stage } from '../conversation/campaign-stage.ts';
import { photo, sha256 } from '../story/photo.ts';

const minute = 60_000;
const person = 'wechat:w1';
const bytes = photo(2_000);

type Fetching = (ref: string) => Promise<Uint8Array>;

interface Ground extends Stage {
  machine: HandClock;
  /** Begins to fetch as one process does. */
  start(fetching: Fetching, options?: { ready?: () => boolean }): Loop;
  /** Moves the machine's clock and lets the fetchers begin what is due then. */
  begin(ms: number): Promise<void>;
  /** The same, and waits until it was done or put off. */
  after(ms: number): Promise<void>;
  sendsPhoto(urn: string): Promise<void>;
  giveUp(): Promise<number>;
  /** What became of the photo and of its message. */
  photo(): Promise<{ status: string; sha256: string | null; inbox: string }>;
  turns(): Promise<void>;
}

/** Somebody who is asked for a text, has sent a photo, and then the text. */
async function openGround(): Promise<Ground> {
  const stage = await openStage('2026-06-22T10:00:00+08:00');
  const { database, clock, log, query } = stage;
  const machine = handClock('2026-11-01T00:00:00Z');
  const { campaignId } = await openQuestionnaires(stage);
  await enter(stage, campaignId, 'talk/window', [person]);
  const receive = createReceive({
    database,
    clock,
    stored: () => {},
    fetchLater: (run, channel, seq) => fetchLater(run, channel, seq, machine.now().toISOString()),
  });
  const photoOf = (urn: string): Inbound => ({
    ...message(urn, '1', '', '2026-06-22T01:00:00Z'),
    kind: 'media',
    files: [{ name: 'a.png', mime: 'image/png', source: { ref: 'image:1' } }],
  });
  await receive(photoOf(person));
  await receive(message(person, '2', '一', '2026-06-22T01:00:01Z'));

  const options = { database, machine, log, fetched: () => {} };
  const running: { loop: Loop; looked: () => Promise<void> }[] = [];
  onTestFinished(async () => {
    await Promise.all(running.map(({ loop }) => loop.stop()));
  });
  /** When the second look begins, the first has taken what was due. */
  async function begin(ms: number): Promise<void> {
    machine.advance(ms);
    for (let look = 0; look < 2; look += 1) await Promise.all(running.map(({ looked }) => looked()));
  }
  return {
    ...stage,
    machine,
    sendsPhoto: async (urn) => void (await receive(photoOf(urn))),
    start: (fetching, { ready = () => true } = {}) => {
      const given = fakeChannel('wechat');
      const channel: Channel = {
        ...given,
        health: () => ({ ...given.health(), ready: ready() }),
        fetch: fetching,
      };
      const loop = startFetcher(channel, { ...options, pollMs: 60 * minute });
      running.push({ loop, looked: () => given.looked(loop.signal) });
      return loop;
    },
    begin,
    after: async (ms) => {
      await begin(ms);
      // What is on its way is leased for longer than any pause.
      const soon = new Date(machine.now().getTime() + 2 * minute);
      const unsettled = () =>
        query('SELECT 1 FROM file_fetch WHERE due_at <= $1 OR due_at > $2', [machine.now(), soon]);
      await expect.poll(unsettled, { interval: 2, timeout: 20_000 }).toEqual([]);
    },
    giveUp: () => giveUpFiles(options),
    photo: async () => {
      const [row] = await query<{ status: string; sha256: string | null; inbox: string }>(
        `SELECT a.status, a.sha256, i.status AS inbox FROM attachment a JOIN inbox i ON i.seq = a.message_seq
         WHERE i.urn = $1`,
        [person],
      );
      if (row === undefined) throw new Error('no photo');
      return row;
    },
    turns: async () => {
      while ((await takeTurns({ ...stage, said: () => {} })) > 0);
    },
  };
}

const arrived = { status: 'stored', sha256: sha256(bytes), inbox: 'waiting' };
const lost = { status: 'lost', sha256: null, inbox: 'waiting' };
const fetching = { status: 'waiting', sha256: null, inbox: 'fetching' };

/** A process took it and was killed. */
async function takenByTheDead({ database, machine }: Ground): Promise<void> {
  const leased = { now: machine.now(), leaseUntil: new Date(machine.now().getTime() + 4 * minute) };
  const [now, leaseUntil] = [leased.now.toISOString(), leased.leaseUntil.toISOString()];
  expect(await claim(database, { channel: 'wechat', now, leaseUntil, limit: 4 })).toHaveLength(1);
}

test('what a killed process was fetching is fetched by another within minutes, and the person goes on', async () => {
  const ground = await openGround();
  await takenByTheDead(ground);
  let fetched = 0;
  ground.start(async () => {
    fetched += 1;
    return bytes;
  });
  await ground.begin(4 * minute - 1);
  expect([fetched, await ground.photo()]).toEqual([0, fetching]);
  await ground.turns();
  expect(await answersOf(ground, person)).toEqual([]);
  await ground.after(1);
  expect([fetched, await ground.photo()]).toEqual([1, arrived]);
  await ground.turns();
  expect(await answersOf(ground, person)).toEqual([['q1', '一']]);
});

test('the successor on an embedded database waits for nothing', async () => {
  const ground = await openGround();
  await takenByTheDead(ground);
  await reclaimFetches(ground.database, ground.machine.now().toISOString());
  ground.start(async () => bytes);
  await expect.poll(() => ground.photo()).toEqual(arrived);
});

test('what a process that ends has not got is its successor’s at once', async () => {
  const ground = await openGround();
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const loop = ground.start(() => {
    begun();
    return new Promise(() => {});
  });
  await beginning;
  await loop.stop();
  expect(await ground.photo()).toEqual(fetching);
  ground.start(async () => bytes);
  await expect.poll(() => ground.photo()).toEqual(arrived);
});

test('without the puppet it is tried for an hour, a minute apart at most', async () => {
  const ground = await openGround();
  const at: number[] = [];
  const begun = ground.machine.now().getTime();
  let away = true;
  ground.start(async () => {
    at.push((ground.machine.now().getTime() - begun) / 1_000);
    if (away) throw new SendFault('passing', 'not logged in');
    return bytes;
  });
  await ground.after(0);
  for (let second = 0; second < 8; second += 1) await ground.after(1_000);
  expect(at).toEqual([0, 1, 2, 4, 8]);
  for (let passed = 1; passed < 59; passed += 1) await ground.after(minute);
  expect(at).toHaveLength(5 + 58);
  expect(await ground.photo()).toEqual(fetching);
  away = false;
  await ground.after(minute);
  expect(await ground.photo()).toEqual(arrived);
});

test.each([
  ['without the puppet', () => new SendFault('passing', 'not logged in')],
  ['by a bug of ours', () => new TypeError('x is undefined')],
])('after an hour %s it is lost, and the person is told and goes on', async (_how, fault) => {
  const ground = await openGround();
  await ground.sendsPhoto('wechat:w2');
  ground.start(async () => {
    throw fault();
  });
  // Who fails by a bug keeps its lease of four minutes each time.
  for (let passed = 0; passed < 56; passed += 4) await ground.begin(4 * minute);
  expect(await ground.photo()).toEqual(fetching);
  for (let passed = 56; passed < 68; passed += 4) await ground.begin(4 * minute);
  await expect.poll(() => ground.photo()).toEqual(lost);
  await ground.turns();
  expect(await answersOf(ground, person)).toEqual([['q1', '一']]);
  const told = await ground.query<{ say: Say }>(`SELECT say FROM outbox WHERE address = 'wechat:w2'`);
  expect(told.map(({ say }) => post(say, 'zh-CN').text)).toEqual([
    expect.stringContaining(sentence('zh-CN', 'conversation:file.lost', { mb: 20 })),
  ]);
});

test('files of a channel that no process has are given up after ten minutes, and the person goes on', async () => {
  const ground = await openGround();
  ground.machine.advance(10 * minute - 1);
  expect([await ground.giveUp(), await ground.photo()]).toEqual([0, fetching]);
  ground.machine.advance(1);
  expect([await ground.giveUp(), await ground.photo()]).toEqual([1, lost]);
  await ground.turns();
  expect(await answersOf(ground, person)).toEqual([['q1', '一']]);
});

test('those of a channel that is only not connected are kept for an hour', async () => {
  const ground = await openGround();
  let ready = false;
  ground.start(async () => bytes, { ready: () => ready });
  for (let passed = 0; passed < 55; passed += 5) {
    await ground.begin(5 * minute);
    expect(await ground.giveUp()).toBe(0);
  }
  ready = true;
  await ground.after(0);
  expect(await ground.photo()).toEqual(arrived);
});

test('and then given up all the same', async () => {
  const ground = await openGround();
  ground.start(async () => bytes, { ready: () => false });
  for (let passed = 0; passed < 60; passed += 5) await ground.begin(5 * minute);
  expect(await ground.giveUp()).toBe(0);
  await ground.begin(minute);
  expect([await ground.giveUp(), await ground.photo()]).toEqual([1, lost]);
});

import { afterEach, expect, it } from 'vitest';
import {
  type Patience,
  type Signs,
  type Supervisor,
  supervise,
} from '../../../src/channels/wechat/supervisor.ts';
import { handTimers, settled } from './hand-timers.ts';

const patience: Patience = {
  startMsMax: 30_000,
  silenceMsMax: 45_000,
  dongMsMax: 10_000,
  steadyMs: 60_000,
  backoffMs: [1_000, 5_000],
};

/** A link whose every step the test decides. */
class FakeLink {
  dings = 0;
  closed = 0;
  answers = true;
  started: () => void = () => {};
  failed: (fault: Error) => void = () => {};
  readonly signs: Signs;
  constructor(signs: Signs) {
    this.signs = signs;
  }
  start = () =>
    new Promise<void>((resolve, reject) => {
      this.started = resolve;
      this.failed = reject;
    });
  ding = () => {
    this.dings += 1;
    if (this.answers) setImmediate(() => this.signs.alive());
  };
  close = async () => {
    this.closed += 1;
  };
}

function world(settings: { open?: () => Promise<FakeLink> } = {}) {
  const timers = handTimers();
  const links: FakeLink[] = [];
  const ups: number[] = [];
  const downs: string[] = [];
  const supervisor = supervise({
    timers,
    patience,
    open: async (signs) => {
      if (settings.open !== undefined) return settings.open();
      const link = new FakeLink(signs);
      links.push(link);
      return link;
    },
    up: () => ups.push(timers.now()),
    down: (reason) => downs.push(reason),
    explain: (fault) => `explained ${(fault as Error).message}`,
  });
  supervisor.start();
  running.push(supervisor);
  const last = () => links.at(-1) as FakeLink;
  async function connect(): Promise<FakeLink> {
    await settled();
    last().started();
    await settled();
    return last();
  }
  return { supervisor, timers, links, last, ups, downs, connect };
}

const running: Supervisor[] = [];
afterEach(async () => {
  for (const supervisor of running.splice(0)) await supervisor.stop();
});

it('is connected once the link answers, and asks before it believes', async () => {
  const { supervisor, last, ups } = world();
  await settled();
  expect(supervisor.connected()).toBe(false);
  last().started();
  await settled();
  expect(last().dings).toBe(1);
  expect(supervisor.connected()).toBe(true);
  expect(ups).toHaveLength(1);
});

it('does not ask a link that has been heard already', async () => {
  const { supervisor, last } = world();
  await settled();
  last().signs.alive();
  last().started();
  await settled();
  expect([last().dings, supervisor.connected()]).toEqual([0, true]);
});

it('gives up a link that starts but says nothing, and tries a fresh one', async () => {
  const { supervisor, timers, links, last, downs } = world();
  await settled();
  last().answers = false;
  last().started();
  await timers.pass(10_000);
  expect(downs).toEqual(['no sign of life']);
  expect([supervisor.connected(), links[0]?.closed]).toEqual([false, 1]);
  await timers.pass(1_000);
  expect(links).toHaveLength(2);
});

it('waits longer after each failure, and starts anew after a link that held', async () => {
  const { timers, links, last, connect } = world();
  const fail = async () => {
    await settled();
    last().failed(new Error('refused'));
    await settled();
  };
  await fail();
  await timers.pass(999);
  expect(links).toHaveLength(1);
  await timers.pass(1);
  expect(links).toHaveLength(2);
  for (const count of [2, 3]) {
    await fail();
    await timers.pass(4_999);
    expect(links).toHaveLength(count);
    await timers.pass(1);
    expect(links).toHaveLength(count + 1);
  }
  const link = await connect();
  await timers.pass(40_000);
  link.signs.alive();
  await timers.pass(20_000);
  link.signs.broken('gone');
  await timers.pass(1_000);
  expect(links).toHaveLength(5);
});

it('does not start anew after a link that broke at once: a service that flaps is left in peace', async () => {
  const { timers, links, connect } = world();
  for (const waitMs of [1_000, 5_000, 5_000]) {
    const link = await connect();
    link.signs.broken('gone');
    const before = links.length;
    await timers.pass(waitMs - 1);
    expect(links).toHaveLength(before);
    await timers.pass(1);
    expect(links).toHaveLength(before + 1);
  }
});

it('survives a link that cannot even be made', async () => {
  const { timers, downs } = world({ open: () => Promise.reject(new Error('not installed')) });
  await timers.pass(7_000);
  expect(downs).toEqual(['explained not installed', 'explained not installed', 'explained not installed']);
});

it('replaces a broken link at once, without asking it', async () => {
  const { supervisor, timers, links, downs, connect } = world();
  const link = await connect();
  const dings = link.dings;
  link.signs.broken('puppet service: UNAVAILABLE');
  link.signs.broken('and again');
  await settled();
  expect([supervisor.connected(), link.closed, link.dings, downs]).toEqual([
    false,
    1,
    dings,
    ['puppet service: UNAVAILABLE'],
  ]);
  await timers.pass(1_000);
  expect(links).toHaveLength(2);
});

it('asks a silent link, and keeps it if it answers', async () => {
  const { supervisor, timers, links, connect } = world();
  const link = await connect();
  await timers.pass(45_000 * 3);
  expect([links.length, link.dings, supervisor.connected()]).toEqual([1, 4, true]);
});

it('asks nothing of a link that talks', async () => {
  const { timers, connect } = world();
  const link = await connect();
  for (let beat = 0; beat < 20; beat += 1) {
    await timers.pass(30_000);
    link.signs.alive();
  }
  expect(link.dings).toBe(1);
});

it('replaces a silent link that does not answer', async () => {
  const { timers, links, downs, connect } = world();
  (await connect()).answers = false;
  await timers.pass(45_000 + 10_000 + 1_000);
  expect([links.length, downs]).toEqual([2, ['no sign of life']]);
});

it('asks on an error, and keeps a link whose error meant nothing', async () => {
  const { supervisor, links, connect } = world();
  const link = await connect();
  link.signs.suspect();
  await settled();
  expect([links.length, link.dings, supervisor.connected()]).toEqual([1, 2, true]);
});

it('replaces a link whose ding throws', async () => {
  const { timers, links, connect } = world();
  const link = await connect();
  link.ding = () => {
    throw new Error('no client');
  };
  link.signs.suspect();
  await timers.pass(1_000);
  expect(links).toHaveLength(2);
});

it('does not wait for a start that never ends', async () => {
  const { timers, links, downs } = world();
  await timers.pass(30_000);
  expect([links[0]?.closed, downs]).toEqual([1, ['connecting took longer than 30000 ms']]);
});

it.each(['connecting', 'up', 'waiting'])(
  'stops at once while %s, and can be started again',
  async (phase) => {
    const { supervisor, links, last, connect } = world();
    await settled();
    if (phase !== 'connecting') await connect();
    if (phase === 'waiting') last().signs.broken('gone');
    await settled();
    await supervisor.stop();
    expect([supervisor.connected(), links.length, links[0]?.closed]).toEqual([false, 1, 1]);
    supervisor.start();
    await connect();
    expect([supervisor.connected(), links.length]).toEqual([true, 2]);
  },
);

it('is started once, however often it is told to', async () => {
  const { supervisor, links } = world();
  supervisor.start();
  await settled();
  expect(links).toHaveLength(1);
});

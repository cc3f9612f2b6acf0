import { expect, test, vi } from 'vitest';
import { type Presence, presence } from '../../../src/channels/slack/presence.ts';
import type { Ending, Line } from '../../../src/channels/slack/socket.ts';
import { quietLog } from './quiet-log.ts';

/** A Slack whose connections the test ends, and whose next answer it gives. */
function pretendedSlack(steadyMs: number) {
  const opened: { end: (ending: Ending) => void; closed: boolean }[] = [];
  let answer: Promise<void> = Promise.resolve();
  const present: Presence = presence({
    identify: async () => ({ team: 'T1', user: 'U1' }),
    open: async (): Promise<Line> => {
      await answer;
      let end: (ending: Ending) => void = () => {};
      const ended = new Promise<Ending>((resolve) => {
        end = resolve;
      });
      const line = { end, closed: false };
      opened.push(line);
      return {
        ended,
        close: async () => {
          line.closed = true;
        },
      };
    },
    log: quietLog(),
    retry: { first: 1, max: 4 },
    steadyMs,
  });
  const opens = (count: number) =>
    vi.waitUntil(() => opened.length === count, { interval: 1, timeout: 5_000 });
  return {
    present,
    opened,
    opens,
    /** The next connection waits until the returned function is called. */
    holdNext: () => {
      let release = () => {};
      answer = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

test('a connection that Slack renews as planned is no alarm', async () => {
  const { present, opened, opens, holdNext } = pretendedSlack(0);
  await present.start();
  const release = holdNext();
  opened[0]?.end({ reason: 'refresh_requested', planned: true });
  await new Promise((resolve) => setImmediate(resolve));
  expect(present.health()).toEqual({ ready: true });
  release();
  await opens(2);
  // Slack closes the old one itself, once it has delivered what is on it.
  expect(opened[0]?.closed).toBe(false);
  await present.stop();
  expect(opened[1]?.closed).toBe(true);
});

test('a connection that is lost is one', async () => {
  const { present, opened, opens, holdNext } = pretendedSlack(0);
  await present.start();
  const release = holdNext();
  opened[0]?.end({ reason: 'lost', planned: false });
  await vi.waitUntil(() => opened[0]?.closed === true, { interval: 1 });
  expect(present.health()).toEqual({ ready: false, reason: 'lost' });
  release();
  await opens(2);
  expect(present.health()).toEqual({ ready: true });
  await present.stop();
});

test('one that ends as soon as it is there counts as failed, planned or not', async () => {
  const { present, opened, opens, holdNext } = pretendedSlack(60_000);
  await present.start();
  const release = holdNext();
  opened[0]?.end({ reason: 'refresh_requested', planned: true });
  await vi.waitUntil(() => !present.health().ready, { interval: 1 });
  release();
  await opens(2);
  await present.stop();
});

import { expect, it } from 'vitest';
import { openPace } from '../../../src/channels/wechat/pace.ts';
import { handTimers, settled } from './hand-timers.ts';

function speaker() {
  const timers = handTimers();
  const begun = timers.now();
  const said: string[] = [];
  const pace = openPace(3_000, timers);
  /** Parts that each take so long. */
  const parts = (name: string, ...takesMs: number[]) =>
    takesMs.map((ms, index) => async () => {
      said.push(`${name}${index + 1} ${(timers.now() - begun) / 1_000}`);
      await timers.sleep(ms);
      return `${name}${index + 1}`;
    });
  return { timers, said, pace, parts };
}

it('says a post whole before the next, each message three seconds after the one before, however long that took', async () => {
  const { timers, said, pace, parts } = speaker();
  const first = pace(parts('a', 0, 10_000, 0));
  const second = pace(parts('b', 0));
  await timers.pass(60_000);
  expect(await first).toEqual(['a1', 'a2', 'a3']);
  expect(await second).toEqual(['b1']);
  expect(said).toEqual(['a1 0', 'a2 3', 'a3 16', 'b1 19']);
});

it('leaves out the rest of a post that fails, and goes on with the next', async () => {
  const { timers, said, pace, parts } = speaker();
  const failing = async (): Promise<string> => {
    throw new Error('no');
  };
  const failed = pace([...parts('a', 0), failing, ...parts('c', 0)]).catch((fault: Error) => fault.message);
  const next = pace(parts('b', 0));
  await timers.pass(60_000);
  expect([await failed, await next]).toEqual(['no', ['b1']]);
  expect(said).toEqual(['a1 0', 'b1 6']);
});

it('waits for nothing when the last message is long ago', async () => {
  const { timers, said, pace, parts } = speaker();
  void pace(parts('a', 0));
  await timers.pass(5_000);
  void pace(parts('b', 0));
  await settled();
  expect(said).toEqual(['a1 0', 'b1 5']);
});

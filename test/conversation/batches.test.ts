import { expect, test } from 'vitest';
import { inBatches } from '../../src/conversation/batches.ts';

/** Work that ends when it is told to. */
function slow() {
  const seen: number[][] = [];
  const ends: (() => void)[] = [];
  const work = (items: number[]) => {
    seen.push(items);
    return new Promise<number[]>((resolve) => ends.push(() => resolve(items.map((item) => item * 10))));
  };
  return { seen, ends, work };
}

test('what comes while work is under way is done together, in order', async () => {
  const { seen, ends, work } = slow();
  const ask = inBatches(work, { batchMax: 3, atOnce: 1, waitingMax: 10 });
  const answers = Promise.all([1, 2, 3, 4, 5].map(ask));
  for (let done = 0; done < 3; done += 1) {
    ends[done]?.();
    await new Promise(setImmediate);
  }
  expect(await answers).toEqual([10, 20, 30, 40, 50]);
  expect(seen).toEqual([[1], [2, 3, 4], [5]]);
});

test('beyond what may wait the answer is that it is busy, and those who wait are served', async () => {
  const { ends, work } = slow();
  const ask = inBatches(work, { batchMax: 3, atOnce: 1, waitingMax: 2 });
  const answers = [1, 2, 3, 4].map(ask);
  expect(await answers[3]).toBe('busy');
  for (let done = 0; done < 2; done += 1) {
    ends[done]?.();
    await new Promise(setImmediate);
  }
  expect(await Promise.all(answers.slice(0, 3))).toEqual([10, 20, 30]);
});

test('what fails together is tried one by one: what can’t be done stops nobody else', async () => {
  const ask = inBatches<number, number>(
    async (items) => {
      if (items.includes(3)) throw new Error('not three');
      return items;
    },
    { batchMax: 10, atOnce: 1, waitingMax: 10 },
  );
  const answers = await Promise.allSettled([1, 2, 3, 4].map(ask));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

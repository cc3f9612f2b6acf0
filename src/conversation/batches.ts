/**
 * Gathers what is asked for while earlier work is under way, and does it together: one commit for many. Idle, a batch is one
 * and starts at once. Work that fails as a batch is done one by one, so that what can't be done stops nobody else.
 * @param work gives its results in the order of what it was given
 * @returns `busy` when `waitingMax` wait already: memory stays bounded, and whoever asks tries again
 */
export function inBatches<Item, Result>(
  work: (items: Item[]) => Promise<Result[]>,
  { batchMax, atOnce, waitingMax }: { batchMax: number; atOnce: number; waitingMax: number },
): (item: Item) => Promise<Result | 'busy'> {
  const waiting: { item: Item; resolve: (result: Result) => void; reject: (fault: unknown) => void }[] = [];
  let busy = 0;
  const drain = async () => {
    busy += 1;
    for (let batch = waiting.splice(0, batchMax); batch.length > 0; batch = waiting.splice(0, batchMax)) {
      const done = await work(batch.map(({ item }) => item)).catch((fault: unknown) => ({ fault }));
      if (Array.isArray(done)) {
        for (const [place, one] of batch.entries()) one.resolve(done[place] as Result);
        continue;
      }
      for (const { item, resolve, reject } of batch)
        if (batch.length === 1) reject(done.fault);
        else await work([item]).then(([result]) => resolve(result as Result), reject);
    }
    busy -= 1;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= waitingMax) return resolve('busy');
      waiting.push({ item, resolve, reject });
      if (busy < atOnce) void drain();
    });
}

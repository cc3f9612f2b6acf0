import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of garbage that may lie about. */
const garbageMax = 16 << 20;

/**
 * Hands on what millions of rows are made into. They are garbage at once, of which V8 would let up to 200 MB lie, the more the busier
 * the machine: an export of 1,000,000 answers took 220 to 370 MiB. Looked after like this it takes 235, as fast, with some sixty
 * pauses of 40 to 70 ms.
 */
export async function* leanly<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  collect();
  let floor = getHeapStatistics().used_heap_size;
  for await (const piece of pieces) {
    yield piece;
    if (getHeapStatistics().used_heap_size < floor + garbageMax) continue;
    collect();
    floor = getHeapStatistics().used_heap_size;
  }
}

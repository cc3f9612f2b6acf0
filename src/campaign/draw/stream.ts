import { digest } from './sha256.ts';

/** The published name of the algorithm; a changed rule gets a new name, and old records keep theirs. */
export const algorithm = 'duban-draw-1';

/** Numbers that follow from a seed alone. */
export interface DrawStream {
  /** The next number from 0 to `n` − 1, all equally likely. `n`: 1 … 2^32. */
  below(n: number): number;
}

const range = 0x1_0000_0000;

/**
 * The stream of duban-draw-1. Block i (0, 1, 2 …) is SHA-256 of the text `<seed>/<i>`, so that
 * `printf %s <seed>/0 | sha256sum` shows the first; each block is eight 32-bit numbers, first digits first. A number below
 * n is the next of them, w, as w mod n; one that is not below the greatest multiple of n up to 2^32 is passed over, or
 * small results would come more often than great ones.
 */
export function drawStream(seed: string): DrawStream {
  let block = new Uint32Array();
  let made = 0;
  let used = 0;
  const next = (): number => {
    if (used === block.length) {
      block = Uint32Array.from(digest(`${seed}/${made}`));
      made += 1;
      used = 0;
    }
    const word = block[used] as number;
    used += 1;
    return word;
  };
  return {
    below: (n) => {
      if (!Number.isInteger(n) || n < 1 || n > range) throw new RangeError(`nothing to draw below ${n}`);
      const limit = range - (range % n);
      let word = next();
      while (word >= limit) word = next();
      return word % n;
    },
  };
}

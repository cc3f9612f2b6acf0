import type { DrawStream } from './stream.ts';

/**
 * Draws `count` different places of `weights`, in the order drawn. Everybody's tickets, as many as their weight, lie end to
 * end in the given order; a number below their count names one; its owner is drawn and takes all own tickets out. With equal
 * weights that is a uniform sample without replacement. `count` ≤ `weights.length`; each weight a whole number from 1, all
 * together at most 2^32.
 */
export function drawTickets(stream: DrawStream, weights: ArrayLike<number>, count: number): number[] {
  const tickets = countTickets(weights);
  let left = tickets.total;
  return Array.from({ length: count }, () => {
    const place = tickets.ownerOf(stream.below(left));
    const weight = weights[place] as number;
    tickets.takeOut(place, weight);
    left -= weight;
    return place;
  });
}

/** A Fenwick tree: finding an owner and taking out tickets costs the logarithm of how many take part. */
function countTickets(weights: ArrayLike<number>) {
  const size = weights.length;
  const sums = new Float64Array(size + 1);
  let total = 0;
  for (let place = 1; place <= size; place += 1) {
    const weight = weights[place - 1] as number;
    total += weight;
    sums[place] = (sums[place] as number) + weight;
    const above = place + (place & -place);
    if (above <= size) sums[above] = (sums[above] as number) + (sums[place] as number);
  }
  const top = 2 ** Math.floor(Math.log2(Math.max(1, size)));
  return {
    total,
    ownerOf: (ticket: number): number => {
      let place = 0;
      let rest = ticket;
      for (let step = top; step > 0; step = Math.floor(step / 2)) {
        const sum = sums[place + step];
        if (sum === undefined || sum > rest) continue;
        place += step;
        rest -= sum;
      }
      return place;
    },
    takeOut: (place: number, weight: number): void => {
      for (let node = place + 1; node <= size; node += node & -node)
        sums[node] = (sums[node] as number) - weight;
    },
  };
}

import type { Param, Params } from '../flow/say.ts';
import type { Figures } from '../satisfaction/figures.ts';
import { shownFrom } from '../satisfaction/small-cells.ts';
import type { Share } from '../satisfaction/summary.ts';

/** Figures in half a line: how many, both shares with their intervals, or why they are not told. */
export function shortFigures(figures: Figures): Param {
  switch (figures.kind) {
    case 'none':
      return { key: 'results:short.none' };
    case 'few':
      return { key: 'results:short.few', params: { from: shownFrom } };
    case 'withheld':
      return { key: 'results:short.withheld', params: { from: shownFrom } };
    case 'told': {
      const { n, satisfied, notNegative } = figures;
      return {
        key: 'results:short',
        params: { n, satisfied: shortShare(satisfied), notNegative: shortShare(notNegative) },
      };
    }
  }
}

/** A share for a sentence that names its numerator. */
export function shareParams({ count, percent, low, high }: Share): Params {
  return { count, percent, low, high };
}

function shortShare(share: Share | null): Param {
  if (share === null) return { key: 'results:short.hidden' };
  return { key: 'results:short.share', params: shareParams(share) };
}

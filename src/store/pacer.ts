import { setTimeout as wait } from 'node:timers/promises';

/** Longest pause, ms. */
const pauseMsMax = 200;

/**
 * For long work in parts: between two of them it leaves the processor and the disk to others for twice as long as it has
 * just had them. The first call comes after the first part.
 */
export function pacer(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    await wait(Math.min(pauseMsMax, 2 * (performance.now() - since)));
    since = performance.now();
  };
}

import type { Timers } from './timers.ts';

/** Carries out the steps of one post, in order. @returns what each gave; @throws what one threw, and does no more */
export type Pace = <Result>(steps: (() => Promise<Result>)[]) => Promise<Result[]>;

/**
 * One account speaks one message after another, whoever it speaks to: the posts in the order in which they came, each
 * whole, and between any two messages at least `apartMs`. The outbox's budgets ask for the same; a message that took its
 * time must not be caught up with by the next.
 */
export function openPace(apartMs: number, timers: Timers): Pace {
  let before: Promise<unknown> = Promise.resolve();
  let lastAt = Number.NEGATIVE_INFINITY;

  async function one<Result>(step: () => Promise<Result>): Promise<Result> {
    const waitMs = lastAt + apartMs - timers.now();
    if (waitMs > 0) await timers.sleep(waitMs);
    try {
      return await step();
    } finally {
      lastAt = timers.now();
    }
  }

  return (steps) => {
    const whole = before.then(async () => {
      const results = [];
      for (const step of steps) results.push(await one(step));
      return results;
    });
    before = whole.catch(() => undefined);
    return whole;
  };
}

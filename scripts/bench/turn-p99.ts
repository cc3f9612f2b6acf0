import { gather } from './crowd.ts';
import type { Ground } from './ground.ts';
import { percentile, type Result } from './result.ts';

const perSecond = 50;
const seconds = 20;
const people = 100;
const limitMs = 50;

/** From an answer at the door to the bot's reply leaving, at a steady 50 turns a second. */
export async function turnP99(ground: Ground): Promise<Result[]> {
  const crowd = await gather(ground, people);
  const took: number[] = [];
  const under = new Set<Promise<void>>();
  const began = performance.now();
  for (let turn = 0; turn < perSecond * seconds; turn += 1) {
    await until(began + (turn * 1000) / perSecond);
    const sent = performance.now();
    const answer = crowd.answer(crowd.people[turn % people] ?? '').then(() => {
      // The first second warms the plans and the compiler up.
      if (turn >= perSecond) took.push(performance.now() - sent);
      under.delete(answer);
    });
    under.add(answer);
  }
  await Promise.all(under);
  await crowd.close();
  return [{ name: 'turn-p99', value: percentile(took, 0.99), unit: 'ms', limit: limitMs }];
}

function until(moment: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));
}

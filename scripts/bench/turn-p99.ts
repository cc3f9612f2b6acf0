import { calmerHalf } from './calm.ts';
import { gather } from './crowd.ts';
import type { Ground } from './ground.ts';
import { atPace } from './pace.ts';
import { percentile, type Result } from './result.ts';

const perSecond = 50;
const stretches = 12;
const secondsEach = 2;
const people = 100;
const limitMs = 50;

/** From an answer at the door to the bot's reply leaving, at a steady 50 turns a second. */
export async function turnP99(ground: Ground): Promise<Result> {
  const crowd = await gather(ground, people);
  let turns = 0;
  const answer = () => crowd.answer(crowd.people[turns++ % people] ?? '');
  // The first second warms the plans and the compiler up.
  await atPace(perSecond, perSecond, answer);
  const stretch = async () => ({ turns: await atPace(perSecond, perSecond * secondsEach, answer) });
  const took = await calmerHalf('turn-p99', ground, Array(stretches).fill(stretch));
  await crowd.close();
  return { name: 'turn-p99', value: percentile(took('turns'), 0.99), unit: 'ms', limit: limitMs };
}

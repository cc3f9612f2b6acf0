import { type Crowd, gather } from './crowd.ts';
import type { Ground } from './ground.ts';
import { median, type Result } from './result.ts';

const long = { questions: 250, people: 8, answeredBefore: 180 };
const short = { questions: 5, people: 250, answeredBefore: 1 };
/** Turns measured in each, one at a time and in turns with the other. */
const turnsMeasured = 480;
const ratioMax = 2;

/**
 * One turn late in a flow of 250 questions, its session full of answers, in turns of one in a flow of five: from the answer at the
 * door to the reply leaving, one at a time.
 */
export async function longFlowTurn(ground: Ground): Promise<Result> {
  const crowds = {
    long: await gather(ground, long.people, 'wechat', long.questions),
    short: await gather(ground, short.people, 'wechat', short.questions),
  };
  await everyone(crowds.long, long.answeredBefore);
  await everyone(crowds.short, short.answeredBefore);
  const took: { long: number[]; short: number[] } = { long: [], short: [] };
  for (let turn = 0; turn < turnsMeasured; turn += 1)
    for (const name of ['long', 'short'] as const) {
      const { people, answer } = crowds[name];
      const began = performance.now();
      await answer(people[turn % people.length] ?? '');
      took[name].push(performance.now() - began);
    }
  await crowds.long.close();
  await crowds.short.close();
  const value = median(took.long) / median(took.short);
  process.stderr.write(
    `long-flow-turn: ${median(took.long).toFixed(2)} ms a turn of ${long.questions}, ${median(took.short).toFixed(2)} ms of ${short.questions}\n`,
  );
  return { name: 'long-flow-turn', value, unit: 'x', limit: ratioMax };
}

async function everyone({ people, answer }: Crowd, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await Promise.all(people.map(answer));
}

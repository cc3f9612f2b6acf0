import type { Reply } from '../../src/flow/reply.ts';
import type { SessionState } from '../../src/flow/session.ts';
import { step } from '../../src/flow/step.ts';
import { survey } from './crowd.ts';

/** A long checklist. */
const questions = 40;

import { median, type Result } from './result.ts';

const stepsWanted = 100_000;
const runs = 5;
const replies = ['非常满意', '大概20分钟', '是', '办事很快，谢谢'];

/** Steps a second of the pure engine on one core: the session begun again at its end. */
export async function engineSteps(): Promise<Result> {
  const rates = Array.from({ length: runs }, () => run(stepsWanted));
  return { name: 'engine-steps', value: median(rates), unit: 'steps/s', limit: stepsWanted };
}

function run(steps: number): number {
  const flow = survey(questions);
  const at = '2026-06-22T01:00:00.000Z';
  const context = { zone: 'Asia/Shanghai' };
  let state: SessionState | null = null;
  const began = performance.now();
  for (let count = 0; count < steps; count += 1) {
    if (state === null || state.at === null) {
      state = step(flow, null, { kind: 'begin', at }, context).state;
      continue;
    }
    const text: string = replies[Number(state.at.slice(1)) % 4] ?? '';
    const reply: Reply = { kind: 'text', text, attachments: [], addressed: true };
    state = step(flow, state, { kind: 'reply', at, reply }, context).state;
  }
  return steps / ((performance.now() - began) / 1000);
}

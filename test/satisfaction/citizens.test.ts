import { expect, test } from 'vitest';
import type { Question } from '../../src/flow/questions/question.ts';
import { levelsTold } from '../../src/satisfaction/citizens.ts';

const asked = (label: string): Question => ({ id: 'q', type: 'level', required: true, label });
const citizens = asked('随机访问办事群众，总体评价如何？');

test.each([
  [[4, 4, 3], { kind: 'figures', figures: { kind: 'few' } }],
  // Of five the one who was not is one.
  [[5, 5, 5, 5, 1], { kind: 'figures', figures: { kind: 'told', satisfied: null, notNegative: null } }],
  [[4, 4, 4, 4, 4], { kind: 'levels', counts: [0, 0, 0, 5, 0] }],
])('of citizens who answered %j is told what is told of ratings', (values, told) => {
  expect(levelsTold(citizens, values)).toMatchObject(told);
});

test('what inspectors think is their own statement', () => {
  expect(levelsTold(asked('环境总体评价如何？'), [4, 3])).toEqual({
    kind: 'levels',
    counts: [0, 0, 1, 1, 0],
  });
});

import { expect, test } from 'vitest';
import { pooledLine } from '../../../src/commands/report-summary.ts';
import { pooled } from '../../../src/flow/counts.ts';
import { pooledOf, shareOf, wordsIn } from '../../../src/report/docx/words.ts';

const zh = wordsIn('zh-CN');

test.each([
  [0, 0, '—'],
  [1, 1, '1/1'],
  [0, 4, '0/4'],
  [3, 5, '3/5（60%）'],
  [1, 3, '1/3'],
  [2, 6, '2/6（33.3%）'],
])('%i of %i: a percentage from five on, the counts below', (count, n, words) => {
  expect(shareOf(count, n, zh)).toBe(words);
});

test('what places come to together: counted by what they counted, not by how many places', () => {
  const few = pooled([
    { done: 1, of: 1, percent: 100 },
    { done: 1, of: 3, percent: 33.33 },
  ]);
  const more = pooled([{ done: 17, of: 20, percent: 85 }]);
  if (few === null || more === null) expect.fail('nothing was counted');
  expect(pooledOf(few, zh)).toBe('2/4（共2处）');
  expect(pooledOf(more, zh)).toBe('85%（17/20，共1处）');
  expect([pooledLine(few), pooledLine({ ...few, bare: 1 }), pooledLine(more)].map(({ key }) => key)).toEqual([
    'commands:report.pooled.few',
    'commands:report.pooled.few.bare',
    'commands:report.pooled',
  ]);
});

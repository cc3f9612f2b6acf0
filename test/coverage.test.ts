import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const rows = read('docs/coverage.md')
  .split('\n')
  .filter((line) => /^\| (?:JX|MDJ|DA|HZ)-/.test(line))
  .map((line) => {
    const [id = '', , where = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { id, files: [...where.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file) };
  });

/** The clauses of the four notices: sections and how many each has. */
const clauses: Record<string, [from: number, to: number]> = {
  'JX-0': [1, 4],
  'JX-1': [1, 6],
  'JX-2': [1, 6],
  'JX-3': [1, 6],
  'JX-4': [1, 7],
  'JX-5': [1, 1],
  'JX-6': [1, 3],
  'MDJ-0': [1, 2],
  'MDJ-1': [1, 5],
  'MDJ-2': [1, 3],
  'MDJ-3': [1, 6],
  'DA-0': [1, 1],
  'DA-1': [1, 7],
};

test('every clause of the notices is listed, once', () => {
  const numbered = Object.entries(clauses).flatMap(([section, [from, to]]) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${section}.${from + index}`),
  );
  const standards = Array.from({ length: 15 }, (_, index) => `HZ-${8 + index}`);
  const all = [...numbered, 'DA-1', 'DA-2', 'DA-3', 'DA-4', ...standards];
  expect(rows.map(({ id }) => id).sort()).toEqual(all.sort());
});

test.each(rows)('$id is found where the list says', ({ id, files }) => {
  expect(files.length).toBeGreaterThan(0);
  const named = new RegExp(`${id.replaceAll('.', '\\.')}(?![0-9]|\\.[0-9])`);
  for (const file of files) expect(read(file)).toMatch(named);
});

import { expect, test } from 'vitest';
import { mondayOf } from '../../../src/campaign/desk.ts';
import { satisfactionDrawing } from '../../../src/report/charts/satisfaction.ts';
import { findingKinds, kindsMax } from '../../../src/report/models/findings.ts';
import { cellsMax, lampBoard } from '../../../src/report/models/lamps.ts';
import { progressOf, progressRowsMax } from '../../../src/report/models/progress.ts';
import { rolledUp, wayUp } from '../../../src/report/models/roll-up.ts';
import { trendOf, weeksMax } from '../../../src/report/models/trend.ts';
import { type Figures, figuresOf } from '../../../src/satisfaction/figures.ts';
import { board, lamps, places, satisfaction, shownIn } from './models.ts';

const many = Array.from({ length: 500 }, (_, index) => ({
  id: `u${index}`,
  name: `单位${index}`,
  parent: `county-${index % 7}`,
}));
const counties = Array.from({ length: 7 }, (_, index) => ({
  id: `county-${index}`,
  name: `县${index}`,
  parent: null,
}));

test('more units than a picture holds are added up by what they stand under, and nothing is lost', () => {
  const counts = many.map(({ id }) => ({ unitId: id, total: 2, done: 1, late: 0 }));
  const progress = progressOf(counts, [...many, ...counties]);
  expect(progress.rows.map(({ id }) => id)).toEqual(counties.map(({ id }) => id));
  expect(progress.rows.reduce((sum, { total }) => sum + total, 0)).toBe(1000);
  expect(progress).toMatchObject({ all: { total: 1000, done: 500, late: 0 }, left: 0 });
});

test('where they stand under nothing the first are shown, and the others are in the total', () => {
  const flat = many.map((one) => ({ ...one, parent: null }));
  const progress = progressOf(
    flat.map(({ id }) => ({ unitId: id, total: 1, done: 0, late: 1 })),
    flat,
  );
  expect([progress.rows.length, progress.left, progress.all.late]).toEqual([progressRowsMax, 440, 500]);
});

test('a unit that stands under itself ends the way up', () => {
  const circle = [
    { id: 'a', name: 'a', parent: 'b' },
    { id: 'b', name: 'b', parent: 'a' },
  ];
  expect(wayUp('a', new Map(circle.map(({ id, parent }) => [id, parent])))).toEqual(['b', 'a']);
  expect(rolledUp(['a', 'b'], circle, 1).size).toBe(2);
});

test('a board: the most urgent lamp of each unit, a window counted for what is inspected above it', () => {
  expect(board.cells.map(({ id, lamp, lit, open }) => [id, lamp?.colour ?? null, lit, open])).toEqual([
    ['nanhu', null, 0, 0],
    ['haiyan', 'red', 2, 5],
    ['pinghu', 'yellow', 1, 1],
    ['zone', null, 0, 4],
    [null, 'green', 1, 1],
  ]);
  expect(board.lamps.map(({ lamp, problems }) => [lamp.colour, problems])).toEqual([
    ['red', 2],
    ['yellow', 1],
    ['green', 4],
  ]);
  expect(board).toMatchObject({ waiting: 4, open: 11, left: 0 });
});

test('a board of hundreds of units keeps every problem', () => {
  const problems = many.map(({ id }) => ({ unitId: id, open: 1, waiting: 0, dueBy: [1, 1] }));
  const found = lampBoard(problems, [], [...counties, ...many], lamps);
  expect(found.cells.length).toBeLessThanOrEqual(cellsMax);
  expect(found.cells.reduce((sum, { open }) => sum + open, 0)).toBe(500);
  expect(lampBoard([], [], places, lamps).cells).toEqual([]);
});

test('kinds: the most frequent first, the rare ones together, words without a kind last', () => {
  const found = findingKinds([
    { kind: null, open: 50, closed: 0 },
    ...Array.from({ length: kindsMax + 3 }, (_, index) => ({ kind: `类${index}`, open: index, closed: 1 })),
  ]);
  expect(found.rows[0]).toMatchObject({ kind: `类${kindsMax + 2}` });
  expect(found.rows.slice(-2)).toEqual([
    { kind: null, is: 'rest', open: 0 + 1 + 2, closed: 3 },
    { kind: null, is: 'plain', open: 50, closed: 0 },
  ]);
  expect(found.rows.reduce((sum, { open, closed }) => sum + open + closed, 0)).toBe(
    found.open + found.closed,
  );
});

test('weeks without anything are shown, and what is open is carried from week to week', () => {
  const { weeks } = trendOf(
    [
      { week: '2026-06-22', opened: 5, closed: 1 },
      { week: '2026-07-06', opened: 0, closed: 3 },
    ],
    '2026-07-16',
  );
  expect(weeks.map(({ week, open }) => [week, open])).toEqual([
    ['2026-06-22', 4],
    ['2026-06-29', 4],
    ['2026-07-06', 1],
    ['2026-07-13', 1],
  ]);
  const long = trendOf([{ week: '2025-06-23', opened: 9, closed: 0 }], '2026-07-16');
  expect(long.weeks).toHaveLength(weeksMax);
  expect(long.weeks[0]).toMatchObject({ open: 9, opened: 0 });
  expect(mondayOf('2026-07-19')).toBe('2026-07-13');
  expect(mondayOf('2026-07-13')).toBe('2026-07-13');
});

test('a share that may not be told is said beside nothing that would strike it out, and once in the caption', () => {
  const one = figuresOf([1, 0, 0, 0, 5], null);
  const none: Figures = { kind: 'none' };
  const { marks, says } = satisfactionDrawing(
    { ...satisfaction, own: one, interview: none, rows: [] },
    shownIn('zh-CN'),
  );
  expect(says).toBe(
    '群众自主评价6份，满意率不予显示，计入基本满意不予显示。为保护群众隐私，不足5份的项目不予显示。',
  );
  const told = marks.flatMap((mark) =>
    mark.kind === 'text' && /：不足5份，不予显示$/.test(mark.text) ? [mark] : [],
  );
  expect(told.map(({ text }) => text)).toEqual([
    '满意率：不足5份，不予显示',
    '计入基本满意：不足5份，不予显示',
  ]);
  for (const { y, size } of told)
    expect(
      marks.filter((mark) => mark.kind === 'line' && mark.points.some(([, at]) => at <= y && at >= y - size)),
    ).toEqual([]);
});

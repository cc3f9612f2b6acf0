import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDraw } from '../../../src/campaign/draw/draw.ts';
import { type Frame, inOrder } from '../../../src/campaign/draw/frame.ts';
import type { DrawPlan } from '../../../src/campaign/draw/plan.ts';
import {
  commitmentOf,
  type DrawRecord,
  fingerprintOf,
  printsOf,
  sealRecord,
} from '../../../src/campaign/draw/record.ts';
import { verifyRecord } from '../../../src/campaign/draw/verify.ts';
import { seedNumbered } from './chi-square.ts';

const frame: Frame = inOrder({
  members: Array.from({ length: 30 }, (_, index) => ({
    id: `window-${index}`,
    name: { 'zh-CN': `${index}号窗口`, en: `Window ${index}` },
    kind: `hall-${index % 3}`,
    within: [`window-${index}`, `hall-${index % 3}`],
  })),
  inspectors: Array.from({ length: 6 }, (_, index) => ({
    id: `person-${index}`,
    name: `检查员${index}`,
    avoids: [{ unit: `hall-${index % 3}`, reason: 'interest' as const }],
  })),
});
const units: Frame = inOrder({
  members: frame.members.slice(0, 8),
  inspectors: frame.members.slice(0, 8).map(({ id, name }) => ({ id, name, avoids: [] })),
});
const sampling = { take: { count: 9 }, each: 10, weighted: false } as const;
const plans: [DrawPlan, Frame][] = [
  [{ kind: 'sample', ...sampling }, frame],
  [{ kind: 'teams', ...sampling, inspectors: 2 }, frame],
  [{ kind: 'matrix', mutual: false, oneCycle: false }, units],
];

function recordOf([plan, own]: [DrawPlan, Frame], seed = seedNumbered(11)): DrawRecord {
  const drawn = makeDraw(plan, own, seed);
  if (drawn.kind === 'refused') expect.fail(drawn.sentence.key);
  return sealRecord({
    duban: 'draw',
    algorithm: 'duban-draw-1',
    code: 'ACF347',
    campaign: 'jiaxing-2014',
    activity: 'cross',
    plan,
    commitment: commitmentOf(seed),
    committedAt: '2026-06-22T02:00:00.000Z',
    frozenAt: '2026-06-22T02:05:00.000Z',
    seed,
    earlier: [],
    reason: null,
    frame: own,
    excluded: [{ id: 'window-99', name: '停用窗口', reason: { words: '停业装修' } }],
    result: drawn.result,
  });
}

test.each(plans)('a record is the same when repeated, also after a journey through JSON: %j', (plan, own) => {
  const record = recordOf([plan, own]);
  expect(verifyRecord(JSON.parse(JSON.stringify(record)))).toEqual({ record, differences: [] });
  // A database gives the keys of an object back in another order.
  expect(verifyRecord(reversed(record)).differences).toEqual([]);
});

test('whatever is changed in a record is found', () => {
  const record = recordOf(plans[1] as [DrawPlan, Frame]);
  const paths = leaves(record);
  fc.assert(
    fc.property(fc.constantFrom(...paths), (path) => {
      const changed = JSON.parse(JSON.stringify(record));
      change(changed, path);
      expect([path.join('.'), verifyRecord(changed).differences.length > 0]).toEqual([path.join('.'), true]);
    }),
    { numRuns: 400 },
  );
});

test('what differs is named', () => {
  const record = recordOf(plans[0] as [DrawPlan, Frame]);
  const keys = (changed: unknown) =>
    verifyRecord(changed).differences.map(({ key }) => key.slice('draw:differs.'.length));
  const swapped = record.result.kind === 'sample' ? [...record.result.drawn] : [];
  const outsider = frame.members.find(({ id }) => !swapped.includes(id))?.id ?? '';
  swapped[2] = outsider;
  const result = { kind: 'sample', drawn: swapped } as const;
  const verdict = verifyRecord({ ...record, result });
  expect(verdict.differences).toEqual([
    { key: 'draw:differs.part', params: { part: { key: 'draw:part.result' } } },
    {
      key: 'draw:differs.result',
      params: {
        place: 3,
        recorded: outsider,
        repeated: record.result.kind === 'sample' ? record.result.drawn[2] : '',
      },
    },
  ]);
  // Who changes the prints as well is found by the result, and by the fingerprint that was told.
  const forged = { ...record, result, prints: printsOf({ ...record, result }) };
  expect(keys(forged)).toEqual(['fingerprint', 'result']);
  expect(keys({ ...forged, fingerprint: fingerprintOf(forged) })).toEqual(['result']);
  expect(fingerprintOf(forged)).not.toBe(record.fingerprint);
  expect(keys({ ...record, seed: seedNumbered(12) })).toContain('commitment');
  expect(keys({ ...record, frozenAt: '2026-06-22T01:00:00.000Z' })).toContain('late-commitment');
  expect(keys({ ...record, frame: { ...frame, members: [...frame.members].reverse() } })).toEqual(
    expect.arrayContaining(['part', 'order']),
  );
  expect(keys({ ...record, excluded: [{ id: 'window-1', name: 'x', reason: 'interest' }] })).toEqual([
    'part',
    'both',
  ]);
  expect(keys({ ...record, plan: { ...record.plan, take: { count: 500 } } })).toEqual(['part', 'refused']);
  expect(keys({ ...record, plan: { ...record.plan, take: { count: 10 } } })).toEqual(['part', 'count']);
  expect(keys({ ...record, algorithm: 'duban-draw-9' })).toEqual(['algorithm']);
  expect(keys({ ...record, seed: 'none' })).toEqual(['shape']);
  expect(keys(null)).toEqual(['shape']);
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}

type Step = string | number;

function leaves(value: unknown, path: Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

/** Changes one value to another of its kind that is as well-formed. */
function change(root: Record<Step, unknown>, path: Step[]): void {
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce<Record<Step, unknown>>((inner, step) => inner[step] as Record<Step, unknown>, root);
  const value = holder[last];
  if (value === null) holder[last] = 'x';
  else if (typeof value === 'number') holder[last] = value + 1;
  else if (typeof value === 'boolean') holder[last] = !value;
  else if (/^[0-9a-f]{64}$/.test(String(value)))
    holder[last] = `${String(value).slice(1)}${String(value).startsWith('0') ? '1' : '0'}`;
  else holder[last] = `${String(value)}x`;
}

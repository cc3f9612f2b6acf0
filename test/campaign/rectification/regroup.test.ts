import { expect, test } from 'vitest';
import { mergeRefusal, type Regrouped, splitRefusal } from '../../../src/campaign/rectification/regroup.ts';
import { having } from './world.ts';

const plain: Regrouped = {
  number: 12,
  unit: 'haiyan',
  campaign: 'c',
  status: 'open',
  seenBy: 'unit',
  record: null,
  mergedInto: null,
  parts: [],
};
const ordered: Regrouped = { ...plain, record: having('orderer order') };
const other = (one: Regrouped): Regrouped => ({ ...one, number: 13 });

/** Everything that somebody still has to answer. */
const pending: [string, Regrouped][] = [
  ['replied', { ...plain, record: having('orderer order', 'liaison reply') }],
  ['verified', { ...plain, record: having('orderer order', 'liaison reply', 'other verify') }],
  ['disputed', { ...plain, record: having('orderer order', 'liaison dispute') }],
  ['extension', { ...plain, record: having('orderer order', 'liaison accept', 'liaison ask') }],
];

test.each(pending)('what is %s is neither merged, nor merged into, nor split', (state, one) => {
  const params = { number: 12, state: { key: `ledger:state.${state}` } };
  const refused = { kind: 'refused', sentence: { key: 'ledger:refused.regroup-pending', params } };
  expect(mergeRefusal(one, other(ordered))).toEqual(refused);
  expect(mergeRefusal(other(ordered), one)).toEqual(refused);
  expect(splitRefusal(one, ['a', 'b'])).toEqual(refused);
});

test('what waits for nobody’s answer is merged and split', () => {
  expect(mergeRefusal(plain, other(plain))).toBeNull();
  expect(mergeRefusal(ordered, other(plain))).toBeNull();
  expect(
    mergeRefusal(ordered, other({ ...plain, record: having('orderer order', 'liaison plan') })),
  ).toBeNull();
  expect(splitRefusal(ordered, ['a', 'b'])).toBeNull();
});

test.each([
  ['itself', plain, plain, 'merge-self'],
  ['of another unit', plain, other({ ...plain, unit: 'tongxiang' }), 'merge-units'],
  ['of another campaign', plain, other({ ...plain, campaign: 'd' }), 'merge-units'],
  ['closed', plain, other({ ...plain, status: 'closed' }), 'settled'],
  ['ordered, into what is not', plain, other(ordered), 'merge-order'],
  ['for fewer eyes', plain, other({ ...plain, seenBy: 'coordinators' }), 'merge-sight'],
  ['for more eyes', { ...plain, seenBy: 'coordinators' }, other(plain), 'merge-sight'],
] as const)('not merged: %s', (_, kept, gone, why) => {
  expect(mergeRefusal(kept, gone)?.sentence.key).toBe(`ledger:refused.${why}`);
});

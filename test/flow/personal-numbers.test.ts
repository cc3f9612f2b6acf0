import { expect, test } from 'vitest';
import { holdsNumber, withoutNumbers } from '../../src/flow/personal-numbers.ts';

// No number of anybody: all are of ranges that are given to nobody, or made up of one row of digits.
test.each([
  ['我电话13800000000，请回', '我电话［已隐去号码］，请回'],
  ['手机 138 0000 0000。', '手机 ［已隐去号码］。'],
  ['手机138-0000-0000和+86 13800000000', '手机［已隐去号码］和［已隐去号码］'],
  ['电话１３８００００００００', '电话［已隐去号码］'],
  ['座机0573-80000000', '座机［已隐去号码］'],
  ['座机（0573）8000 0000', '座机［已隐去号码］'],
  ['座机80000000', '座机［已隐去号码］'],
  ['身份证330402190001010000', '身份证［已隐去号码］'],
  ['身份证33040219000101000X没还', '身份证［已隐去号码］没还'],
  ['身份证330402 19000101 000x', '身份证［已隐去号码］'],
  ['老证330402000101000', '老证［已隐去号码］'],
  ['call 138 0000 0000 please', 'call [removed] please'],
  ['2026-11-22 13800000000', '2026-11-22 [removed]'],
])('%s', (said, kept) => {
  expect([withoutNumbers(said), holdsNumber(said)]).toEqual([kept, true]);
});

test.each([
  '窗口3 等20分钟',
  '2026年11月22日上午9:30来的',
  '2026-11-22 10:30 到 11:45',
  '20261122 来的',
  '打了12345和110',
  '跑了3 4趟，交了1000000元',
  '号码A1234',
  '',
])('“%s” is left as it is', (said) => {
  expect([withoutNumbers(said), holdsNumber(said)]).toEqual([said, false]);
});

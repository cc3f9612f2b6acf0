import { expect, test } from 'vitest';
import { readClaim } from '../../../src/campaign/activities/accompany.ts';

/** A matter and where, in either order and both languages (JX-1.2). */
test.each<[string, [matter: string, place: string] | null]>([
  ['不动产转移登记，3号窗口', ['不动产转移登记', '3号窗口']],
  ['3号窗口 不动产转移登记', ['不动产转移登记', '3号窗口']],
  ['３号窗口\n不动产 转移登记', ['不动产 转移登记', '３号窗口']],
  ['户口迁移；市行政服务中心，公安窗口', ['户口迁移', '市行政服务中心 公安窗口']],
  ['property transfer, window 3', ['property transfer', 'window 3']],
  ['window 3, property transfer', ['property transfer', 'window 3']],
  ['property transfer at window 3', ['property transfer', 'window 3']],
  ['Counter #12 household registration', ['household registration', 'Counter #12']],
  ['household registration, town hall', ['household registration', 'town hall']],
  ['不动产转移登记', null],
  ['3号窗口', null],
  ['property transfer', null],
  ['window 3', null],
  ['', null],
])('%j', (words, read) => {
  const claimed = readClaim(words);
  expect(claimed === null ? null : [claimed.matter, claimed.place]).toEqual(read);
});

test('the same matter at the same window is the same, however it is written', () => {
  const chinese = ['不动产转移登记，3号窗口', '３号窗口  不动产转移登记', '不动产 转移登记, 3号窗口'];
  expect(new Set(chinese.map((words) => readClaim(words)?.sameAs)).size).toBe(1);
  const english = [
    'Property Transfer, window 3',
    'window 3, property transfer',
    'property transfer at Window 3',
  ];
  expect(new Set(english.map((words) => readClaim(words)?.sameAs)).size).toBe(1);
  expect(readClaim('不动产转移登记，3号窗口')?.sameAs).not.toBe(readClaim('不动产转移登记，5号窗口')?.sameAs);
});

import { expect, test } from 'vitest';
import { type Place, placesCalled, tellsAbove } from '../../src/campaign/places.ts';

const place = (
  id: string,
  kind: string,
  parent: string | null,
  name: string,
  aliases: string[] = [],
): Place => ({
  ...{ id, kind, parent, aliases },
  name: { 'zh-CN': name, en: `${id} office` },
});
const register: Place[] = [
  place('city', 'area', null, '嘉兴市'),
  place('haiyan', 'area', 'city', '海盐县政府', ['海盐县', '海盐']),
  place('xiuzhou', 'area', 'city', '秀洲区政府', ['秀洲区']),
  place('hall-1', 'hall', 'haiyan', '海盐县行政服务中心'),
  place('hall-2', 'hall', 'haiyan', '海盐县社保大厅'),
  place('a3', 'window', 'hall-1', '3号窗口'),
  place('a4', 'window', 'hall-1', '4号窗口'),
  place('b3', 'window', 'hall-2', '3号窗口'),
  place('b13', 'window', 'hall-2', '13号窗口'),
  place('x3', 'window', 'xiuzhou', '3号窗口'),
  place('x5', 'window', 'xiuzhou', '5号窗口'),
  place('pinghu', 'area', 'city', '平湖市'),
  place('p1', 'window', 'pinghu', '平湖市政务中心1号窗口'),
  place('p11', 'window', 'pinghu', '平湖市政务中心11号窗口'),
  place('q2', 'window', 'pinghu', '平湖市政务中心2号窗口'),
  place('r2', 'window', 'pinghu', '平湖市社保大厅2号窗口'),
];

const called = (words: string) => {
  const read = placesCalled(register, words);
  switch (read.kind) {
    case 'places':
      return read.places.map(({ id }) => id).join(' ');
    case 'several':
      return `several ${read.of.map(({ id }) => id).join(' ')}`;
    case 'unknown':
      return `unknown ${read.words}`;
  }
};

test.each([
  ['海盐县', 'haiyan'],
  [' 海盐 ', 'haiyan'],
  ['haiyan', 'haiyan'],
  ['haiyan office', 'haiyan'],
  ['海盐县、秀洲区', 'haiyan xiuzhou'],
  ['海盐县，海盐县', 'haiyan'],
  ['13号窗口', 'b13'],
  ['秀洲区 3号窗口', 'x3'],
  ['秀洲区3号窗口', 'x3'],
  ['秀洲区３号窗口', 'x3'],
  ['秀洲区 3号窗口、5号窗口', 'x3 x5'],
  ['秀洲区 3号窗口 5号窗口', 'x3 x5'],
  ['秀洲区、5号窗口', 'xiuzhou x5'],
  ['海盐县行政服务中心 3号窗口', 'a3'],
  ['海盐县 行政服务中心 3号窗口', 'a3'],
  ['海盐县 社保大厅 3号窗口', 'b3'],
  ['海盐县社保大厅3号窗口、13号窗口', 'b3 b13'],
  ['海盐县 海盐县社保大厅 3号窗口', 'b3'],
  ['hall-2 office 3号窗口', 'b3'],
  ['海盐县全部窗口', 'a3 a4 b3 b13'],
  ['hall-1 all windows', 'a3 a4'],
  ['全部窗口', 'a3 a4 b3 b13 x3 x5 p1 p11 q2 r2'],
  ['平湖市 1号窗口', 'p1'],
  ['平湖市1号窗口、11号窗口', 'p1 p11'],
  ['平湖市 2号窗口', 'several q2 r2'],
  ['平湖市 社保大厅2号窗口', 'r2'],
  ['1号窗口', 'unknown 1号窗口'],
  ['3号窗口', 'several a3 b3 x3'],
  ['海盐县 3号窗口', 'several a3 b3'],
  ['海盐县 9号窗口', 'unknown 海盐县 9号窗口'],
  ['秀洲区 3号窗口、9号窗口', 'unknown 9号窗口'],
  ['桐乡市', 'unknown 桐乡市'],
  ['、', 'unknown 、'],
])('%s: %s', (words, ids) => expect(called(words)).toBe(ids));

test('what is unknown comes with the names most like it', () => {
  const read = placesCalled(register, '海盐县社保大庁');
  expect(read).toMatchObject({ kind: 'unknown', words: '海盐县社保大庁' });
  expect(read.kind === 'unknown' && read.near[0]).toBe('海盐县社保大厅');
});

test('a name may say by itself what the place is part of', () => {
  expect(tellsAbove('海盐县社保大厅3号窗口', '海盐县社保大厅')).toBe(true);
  expect(tellsAbove('3号窗口', '海盐县社保大厅')).toBe(false);
});

import { expect, test } from 'vitest';
import { type DrawWords, readDrawWords } from '../../src/commands/draw-words.ts';
import { readCommand } from '../../src/commands/read.ts';

const sampling = { each: null, weighted: false, reason: null };

test.each<[string, DrawWords]>([
  ['抽签', { do: 'list' }],
  ['抽签 窗口 12 5', { do: 'windows', of: { task: 12 }, take: { count: 5 }, ...sampling }],
  ['抽签窗口 12号任务 5个', { do: 'windows', of: { task: 12 }, take: { count: 5 }, ...sampling }],
  ['抽签 窗口 12', { do: 'windows', of: { task: 12 }, take: null, ...sampling }],
  ['抽签：窗口，海盐县，５％', { do: 'windows', of: { place: '海盐县' }, take: { percent: 5 }, ...sampling }],
  [
    '抽签 窗口 海盐县 20 每类5% 加权 原因：抽中的窗口已撤并',
    {
      do: 'windows',
      of: { place: '海盐县' },
      take: { count: 20 },
      each: 5,
      weighted: true,
      reason: '抽中的窗口已撤并',
    },
  ],
  [
    'draw windows Haiyan County 20 each 5% weighted reason: two were closed',
    {
      do: 'windows',
      of: { place: 'Haiyan County' },
      take: { count: 20 },
      each: 5,
      weighted: true,
      reason: 'two were closed',
    },
  ],
  [
    '抽签 双随机 海盐县 10',
    { do: 'teams', place: '海盐县', take: { count: 10 }, ...sampling, inspectors: 2, ownArea: true },
  ],
  [
    '抽签 双随机 海盐县 5% 3人 不回避本地区',
    { do: 'teams', place: '海盐县', take: { percent: 5 }, ...sampling, inspectors: 3, ownArea: false },
  ],
  [
    'draw teams Haiyan 10 by 4 allow-area',
    { do: 'teams', place: 'Haiyan', take: { count: 10 }, ...sampling, inspectors: 4, ownArea: false },
  ],
  ['抽签 交叉', { do: 'matrix', activity: '', mutual: true, oneCycle: false, ownArea: false, reason: null }],
  [
    '随机抽取 交叉 cross 不互查 单圈 回避本地区',
    { do: 'matrix', activity: 'cross', mutual: false, oneCycle: true, ownArea: true, reason: null },
  ],
  [
    'Draw cross no-mutual',
    { do: 'matrix', activity: '', mutual: false, oneCycle: false, ownArea: false, reason: null },
  ],
  ['抽签 抽取 acf 347', { do: 'run', code: 'ACF347' }],
  ['draw show ACF-347.', { do: 'show', code: 'ACF347' }],
  [
    '抽签 排除 ACF347 3号窗口 原因：停业装修',
    { do: 'exclude', code: 'ACF347', unit: '3号窗口', reason: '停业装修' },
  ],
  ['抽签 排除 ACF347 3号窗口', { do: 'exclude', code: 'ACF347', unit: '3号窗口', reason: null }],
  ['抽签 排除 ACF347', { do: 'how' }],
  ['抽签 抽取', { do: 'how' }],
  ['抽签 窗口', { do: 'how' }],
  ['抽签 窗口 海盐县', { do: 'how' }],
  ['抽签 窗口 海盐县 0', { do: 'how' }],
  ['抽签 窗口 海盐县 101%', { do: 'how' }],
  ['抽签 窗口 海盐县 5 每类0%', { do: 'how' }],
  ['抽签 窗口 12 5 7', { do: 'how' }],
  ['抽签 双随机 海盐县 10 99人', { do: 'how' }],
  ['抽签 双随机 10', { do: 'how' }],
])('%s', (text, expected) => {
  const typed = readCommand({ kind: 'text', text, slash: false });
  expect(typed?.command?.name).toBe('draw');
  expect(readDrawWords(typed?.rest ?? '')).toEqual(expected);
});

test.each([
  '抽签结果公布了吗',
  '抽签很公平',
  'draw a line under it',
  'drawn',
  '回避问题不是办法',
  '随机抽取了几家',
])('%s is talk', (text) => {
  expect(readCommand({ kind: 'text', text, slash: false })).toBeNull();
});

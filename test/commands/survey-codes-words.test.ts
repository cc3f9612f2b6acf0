import { expect, test } from 'vitest';
import { isAboutCodes, readCodesWords } from '../../src/commands/survey-codes-words.ts';

const made = (places: string, given: object = {}) => ({
  ...{ do: 'new', places, matter: null, cases: 0, until: null },
  ...given,
});

test.each<[string, object]>([
  ['', { do: 'list', rest: '' }],
  ['list', { do: 'list', rest: '' }],
  ['列表 海盐县', { do: 'list', rest: '海盐县' }],
  ['sheet 海盐县', { do: 'sheet', rest: '海盐县' }],
  ['打印', { do: 'sheet', rest: '' }],
  ['close ACFHJ-34679', { do: 'close', rest: 'ACFHJ-34679' }],
  ['关闭 全部', { do: 'close', rest: '全部' }],
  ['reopen ACFHJ34679', { do: 'open', rest: 'ACFHJ34679' }],
  ['new 海盐县', made('海盐县')],
  ['新建 海盐县 3号窗口、4号窗口', made('海盐县 3号窗口、4号窗口')],
  ['海盐县', made('海盐县')],
  ['New Haiyan County', made('Haiyan County')],
  ['newport office', made('newport office')],
  ['新区管委会', made('新区管委会')],
  ['new 海盐县 --cases 3', made('海盐县', { cases: 3 })],
  ['new --case 3 海盐县', made('海盐县', { cases: 3 })],
  ['new 海盐县 办件 12', made('海盐县', { cases: 12 })],
  ['new 海盐县 3个办件', made('海盐县', { cases: 3 })],
  ['new 海盐县 ３件办件', made('海盐县', { cases: 3 })],
  ['new 海盐县 五个办件', made('海盐县', { cases: 5 })],
  ['new Haiyan County 20 cases', made('Haiyan County', { cases: 20 })],
  ['new 海盐县 事项 不动产登记', made('海盐县', { matter: '不动产登记' })],
  ['new 海盐县 事项：不动产登记', made('海盐县', { matter: '不动产登记' })],
  ['new Haiyan matter: land registration', made('Haiyan', { matter: 'land registration' })],
  [
    'new Haiyan --matter "land registration" --until 2026-07-31',
    made('Haiyan', { matter: 'land registration', until: '2026-07-31' }),
  ],
  ['new 海盐县 至7月31日', made('海盐县', { until: '7月31日' })],
  ['new 海盐县 有效期至 7月31日 事项 不动产登记', made('海盐县', { until: '7月31日', matter: '不动产登记' })],
  ['new 海盐县 事项 不动产登记 至7月31日', made('海盐县', { until: '7月31日', matter: '不动产登记' })],
  ['new Haiyan until 31 July', made('Haiyan', { until: '31 July' })],
  ['new 海盐县 事项 企业登记 2个办件', made('海盐县', { matter: '企业登记', cases: 2 })],
])('%s', (said, words) => expect(readCodesWords(said)).toEqual(words));

test.each([
  ['new 海盐县', true],
  ['close', true],
  ['jiaxing-2014', false],
  ['ACFHJ34679', false],
  ['', false],
  ['open-day', false],
])('survey %s is about codes: %s', (said, is) => expect(isAboutCodes(said)).toBe(is));

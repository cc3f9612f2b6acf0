import { expect, test } from 'vitest';
import { dayAndWords } from '../../src/commands/day-and-words.ts';
import { readOrder } from '../../src/commands/order-words.ts';

const context = { at: '2026-06-22T10:00:00+08:00', zone: 'Asia/Shanghai' };

test.each([
  ['7月20日 设备尚未到货', '2026-07-20', '设备尚未到货'],
  ['7月20日前更换座椅', '2026-07-20', '更换座椅'],
  ['到7月20日，因为设备未到货', '2026-07-20', '因为设备未到货'],
  ['2026-07-20 3把座椅', '2026-07-20', '3把座椅'],
  ['2026年7月20日：更换', '2026-07-20', '更换'],
  ['下周三 更换', '2026-07-01', '更换'],
  ['明天', '2026-06-23', ''],
  ['20 July, the parts are late', '2026-07-20', 'the parts are late'],
  ['20 July 2026: parts', '2026-07-20', 'parts'],
  ['by July 20 new seats', '2026-07-20', 'new seats'],
  ['更换座椅', null, '更换座椅'],
  ['3把座椅都坏了', null, '3把座椅都坏了'],
  ['2月30日 更换', null, '2月30日 更换'],
])('%j is %s and %j', (said, day, words) => {
  expect(dayAndWords(said, context)).toMatchObject({ day, words });
});

test('a day that can be two is asked about', () => {
  // 20 June was two days ago: this year’s or the next one’s.
  expect(dayAndWords('6月20日 更换', context)).toMatchObject({
    day: null,
    candidates: ['2026-06-20', '2027-06-20'],
  });
});

const event = (awaits: string, reviewOn: string) => ({ kind: 'event', awaits, reviewOn });
const condition = (awaits: string, reviewOn: string) => ({ kind: 'condition', awaits, reviewOn });

test.each([
  ['7月10日 更换座椅', { kind: 'dated', dueOn: '2026-07-10' }, '更换座椅'],
  // The two of DA-2.
  ['审批局成立后 复查 8月1日', event('审批局成立后', '2026-08-01'), ''],
  ['待征求意见、常务会议通过后，8月1日复查', condition('待征求意见、常务会议通过后', '2026-08-01'), ''],
  ['审批局成立后，8月1日复查，搬入大厅', event('审批局成立后', '2026-08-01'), '搬入大厅'],
  ['事件：新大厅启用，复查8月1日', event('新大厅启用', '2026-08-01'), ''],
  ['条件 经费到位 8月1日复查', condition('经费到位', '2026-08-01'), ''],
  ['after the bureau is set up, review on 1 August', event('after the bureau is set up', '2026-08-01'), ''],
  [
    'once the council has agreed, review 1 August',
    condition('once the council has agreed', '2026-08-01'),
    '',
  ],
  // 复查 in what is asked for is no review.
  ['7月10日 更换后自行复查', { kind: 'dated', dueOn: '2026-07-10' }, '更换后自行复查'],
])('%j is an order', (said, task, words) => {
  expect(readOrder(said, context)).toEqual({ kind: 'task', task, words });
});

test.each([
  ['立行立改', ''],
  ['立行立改，补齐指示牌', '补齐指示牌'],
  ['at once', ''],
])('%j is to be done at once', (said, words) => {
  expect(readOrder(said, context)).toEqual({ kind: 'instant', words });
});

test.each([
  ['', false],
  ['更换座椅', false],
  ['待常务会议通过后复查', true],
])('%j lacks its day', (said, isReview) => {
  expect(readOrder(said, context)).toMatchObject({ kind: 'unclear', isReview });
});

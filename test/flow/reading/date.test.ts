import { describe, expect, it } from 'vitest';
import { readDate } from '../../../src/flow/reading/date.ts';
import { ask, context, question, type Row, sure, table, told } from './table.ts';

// Today is Thursday 2026-07-09.
const date = question({ type: 'date' });
const rows: Row[] = [
  ['2026-07-15', sure('2026-07-15')],
  ['2026/7/15', sure('2026-07-15')],
  ['2026.7.15', sure('2026-07-15')],
  ['2026年7月15日', sure('2026-07-15')],
  ['2026年７月１５日', sure('2026-07-15')],
  ['二〇二六年七月十五日', sure('2026-07-15')],
  ['20260715', sure('2026-07-15')],
  ['2026-07-15。', sure('2026-07-15')],
  ['26年7月15日', told('2026-07-15')],
  ['7月15日', told('2026-07-15')],
  ['7月15号', told('2026-07-15')],
  ['7月15', told('2026-07-15')],
  ['7 月 15 日', told('2026-07-15')],
  ['七月十五日', told('2026-07-15')],
  ['七月十五', told('2026-07-15')],
  ['７．１５', told('2026-07-15')],
  ['7.15', told('2026-07-15')],
  ['7/15', told('2026-07-15')],
  ['07-15', told('2026-07-15')],
  ['15/7', told('2026-07-15')],
  ['7/15/2026', told('2026-07-15')],
  ['15.7.2026', told('2026-07-15')],
  ['7/15/26', told('2026-07-15')],
  ['26/7/15', told('2026-07-15')],
  ['15-Jul-2026', sure('2026-07-15')],
  ['3/4/2027', ask('2027-03-04', '2027-04-03')],
  ['今年7月15日', told('2026-07-15')],
  ['明年1月5日', told('2027-01-05')],
  ['1月5日', told('2027-01-05')],
  ['7月9日', told('2026-07-09')],
  ['7月8日', ask('2026-07-08', '2027-07-08')],
  ['6月20日', ask('2026-06-20', '2027-06-20')],
  ['5月11日', ask('2026-05-11', '2027-05-11')],
  ['5月10日', told('2027-05-10')],
  ['今天', sure('2026-07-09')],
  ['今日', sure('2026-07-09')],
  ['明天', sure('2026-07-10')],
  ['后天', sure('2026-07-11')],
  ['大后天', sure('2026-07-12')],
  ['昨天', sure('2026-07-08')],
  ['前天', sure('2026-07-07')],
  ['明天下午3点', told('2026-07-10')],
  ['我明天去', told('2026-07-10')],
  ['明后天', ask('2026-07-10', '2026-07-11')],
  ['周三', told('2026-07-15')],
  ['星期五', told('2026-07-10')],
  ['周四', ask('2026-07-09', '2026-07-16')],
  ['礼拜天', told('2026-07-12')],
  ['本周五', told('2026-07-10')],
  ['本周三', told('2026-07-08')],
  ['这个星期五', told('2026-07-10')],
  ['下周三', told('2026-07-15')],
  ['下周5', told('2026-07-17')],
  ['下星期一', told('2026-07-13')],
  ['下个礼拜天', told('2026-07-19')],
  ['下下周一', told('2026-07-20')],
  ['上周五', told('2026-07-03')],
  ['周末', ask('2026-07-11', '2026-07-12')],
  ['7月15日（周三）', told('2026-07-15')],
  ['7月15日周五', ask('2026-07-15', '2026-07-10')],
  ['下周三7月15日', told('2026-07-15')],
  ['15号', told('2026-07-15')],
  ['十五号', told('2026-07-15')],
  ['15日', told('2026-07-15')],
  ['5号', ask('2026-07-05', '2026-08-05')],
  ['本月15日', told('2026-07-15')],
  ['这个月5号', told('2026-07-05')],
  ['下个月3号', told('2026-08-03')],
  ['下月3日', told('2026-08-03')],
  ['本月底', told('2026-07-31')],
  ['月底', told('2026-07-31')],
  ['月末', told('2026-07-31')],
  ['下月底', told('2026-08-31')],
  ['下个月底', told('2026-08-31')],
  ['8月底', told('2026-08-31')],
  ['二月底', told('2027-02-28')],
  ['年底', told('2026-12-31')],
  ['今年年底', told('2026-12-31')],
  ['明年底', told('2027-12-31')],
  ['三天后', told('2026-07-12')],
  ['3天以后', told('2026-07-12')],
  ['一周后', told('2026-07-16')],
  ['两个星期之后', told('2026-07-23')],
  ['一个月后', told('2026-08-09')],
  ['过三天', told('2026-07-12')],
  ['三天前', told('2026-07-06')],
  ['半个月后', ask('2026-07-23', '2026-07-24')],
  ['7月15日前', told('2026-07-15')],
  ['7月15日之前', told('2026-07-15')],
  ['月底前完成', told('2026-07-31')],
  ['7月10日到15日', ask('2026-07-10', '2026-07-15')],
  ['7月10日至8月1日', ask('2026-07-10', '2026-08-01')],
  ['10-15号', ask('2026-07-10', '2026-07-15')],
  ['明天或后天', ask('2026-07-10', '2026-07-11')],
  ['可能明天', ask('2026-07-10')],
  ['15', ask('2026-07-15')],
  ['2月30日', 'flow:hint.date.impossible'],
  ['2月29日', 'flow:hint.date.impossible'],
  ['13月5日', 'flow:hint.date.impossible'],
  ['7月32日', 'flow:hint.date.impossible'],
  ['2026-02-29', 'flow:hint.date.impossible'],
  ['20260732', 'flow:hint.date.impossible'],
  ['13/32', 'flow:hint.date.impossible'],
  ['Feb 30', 'flow:hint.date.impossible'],
  ['两周内', 'flow:hint.date.one'],
  ['三天内', 'flow:hint.date.one'],
  ['5个工作日后', 'flow:hint.date.one'],
  ['7月15日以后', 'flow:hint.date.one'],
  ['7月中旬', 'flow:hint.date.one'],
  ['农历七月十五', 'flow:hint.date.one'],
  ['不是明天', 'flow:hint.date.one'],
  ['明天不行', 'flow:hint.date.one'],
  ['明天吗', 'flow:hint.date.one'],
  ['within 3 days', 'flow:hint.date.one'],
  ['after July 15', 'flow:hint.date.one'],
  ['下周', 'flow:hint.date'],
  ['7月', 'flow:hint.date'],
  ['3天', 'flow:hint.date'],
  ['尽快', 'flow:hint.date'],
  ['不知道', 'flow:hint.date'],
  ['3号窗口', 'flow:hint.date'],
  ['100', 'flow:hint.date'],
  ['', 'flow:hint.date'],
  ['today', sure('2026-07-09')],
  ['Tomorrow', sure('2026-07-10')],
  ['yesterday', sure('2026-07-08')],
  ['the day after tomorrow', sure('2026-07-11')],
  ['by tomorrow', told('2026-07-10')],
  ['July 15', told('2026-07-15')],
  ['Jul 15th', told('2026-07-15')],
  ['15 July', told('2026-07-15')],
  ['the 15th of July', told('2026-07-15')],
  ['15 July 2026', sure('2026-07-15')],
  ['July 15, 2026', sure('2026-07-15')],
  ['January 5', told('2027-01-05')],
  ['the 15th', told('2026-07-15')],
  ['Friday', told('2026-07-10')],
  ['on Monday', told('2026-07-13')],
  ['next Monday', told('2026-07-13')],
  ['next Wednesday', told('2026-07-15')],
  ['next Friday', ask('2026-07-10', '2026-07-17')],
  ['Wednesday next week', told('2026-07-15')],
  ['last Friday', told('2026-07-03')],
  ['last Wednesday', ask('2026-07-01', '2026-07-08')],
  ['this Friday', told('2026-07-10')],
  ['end of the month', told('2026-07-31')],
  ['end of next month', told('2026-08-31')],
  ['end of August', told('2026-08-31')],
  ['end of the year', told('2026-12-31')],
  ['in 3 days', told('2026-07-12')],
  ['in a week', told('2026-07-16')],
  ['two weeks from now', told('2026-07-23')],
  ['3 days ago', told('2026-07-06')],
  ['next week', 'flow:hint.date'],
  ['soon', 'flow:hint.date'],
  ['maybe', 'flow:hint.date'],
];
table('days', date, rows);

const bounded = question({ type: 'date', earliest: '2026-06-22', latest: '2026-07-15' });
table('days within bounds', bounded, [
  ['2026-06-22', sure('2026-06-22')],
  ['2026-07-15', sure('2026-07-15')],
  ['2026-07-16', 'flow:hint.date.between'],
  ['6月30日', told('2026-06-30')],
  ['7月8日', told('2026-07-08')],
  ['5号', told('2026-07-05')],
  ['8月1日', 'flow:hint.date.between'],
  ['下月底', 'flow:hint.date.between'],
]);
const past = question({ type: 'date', latest: '2026-07-09' });
table('days that have passed', past, [
  ['5月1日', told('2026-05-01')],
  ['周一', told('2026-07-06')],
  ['明天', 'flow:hint.date.latest'],
]);
table('days to come', question({ type: 'date', earliest: '2026-07-09' }), [
  ['7月8日', told('2027-07-08')],
  ['昨天', 'flow:hint.date.earliest'],
]);

describe('readDate', () => {
  it('takes "today" in the zone of the campaign', () => {
    const at = '2026-12-31T23:30:00.000Z';
    expect(readDate('今天', { at, zone: 'Asia/Shanghai' })).toMatchObject({ value: '2027-01-01' });
    expect(readDate('今天', { at, zone: 'America/New_York' })).toMatchObject({ value: '2026-12-31' });
  });
  it('looks back over the turn of the year', () => {
    const turn = { at: '2027-01-03T04:00:00.000Z', zone: 'Asia/Shanghai' };
    expect(readDate('12月30日', turn)).toEqual(ask('2026-12-30', '2027-12-30'));
    expect(readDate('1月3日', turn)).toEqual(told('2027-01-03'));
  });
  it('takes the end of a month for what lies ahead until it has passed', () => {
    expect(readDate('7月底', { at: '2026-07-30T04:00:00Z', zone: 'UTC' })).toEqual(told('2026-07-31'));
    expect(readDate('6月底', context)).toEqual(ask('2026-06-30', '2027-06-30'));
    expect(readDate('1月31日起一个月后', { at: '2027-01-31T04:00:00Z', zone: 'UTC' })).toMatchObject({
      kind: 'ambiguous',
    });
    expect(readDate('一个月后', { at: '2027-01-31T04:00:00Z', zone: 'UTC' })).toEqual(told('2027-02-28'));
  });
  it('knows the leap day in a leap year', () => {
    expect(readDate('2月29日', { at: '2027-06-01T00:00:00Z', zone: 'UTC' })).toEqual(told('2028-02-29'));
  });
  it('refuses a zone that does not exist, which is no fault of the reply', () => {
    expect(() => readDate('今天', { ...context, zone: 'Mars/Base' })).toThrow(RangeError);
  });
});

// JX-3.2: the two indicators by their counts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../../../src/flow/condition.ts';
import { compareShare, countsOf, pooled } from '../../../src/flow/counts.ts';
import type { Question } from '../../../src/flow/questions/question.ts';
import { read } from '../../../src/flow/questions/reader.ts';
import { Value } from '../../../src/flow/value.ts';
import { ask, context, question, type Row, sure, table, told, typed } from './table.ts';

const asking = (of: object, done: object, more: object = {}): Question =>
  question({
    type: 'number',
    unit: 'percent',
    min: 0,
    max: 100,
    required: false,
    counts: { of, done },
    ...more,
  });
const onTime = asking({ 'zh-CN': '办件', en: 'cases' }, { 'zh-CN': '按时办结', en: 'decided on time' });
const handled = asking(
  { 'zh-CN': '事项', en: 'matters' },
  { 'zh-CN': '既受理又办理', en: 'accepted and decided' },
);
const reviewed = asking(
  { 'zh-CN': '审批', en: 'approvals' },
  { 'zh-CN': '一审一核', en: 'with one review and one check' },
);

const of20 = told(countsOf(18, 20));
const maybe = ask(countsOf(18, 20));
const unclear = 'flow:hint.number.counts';

const chinese: Row[] = [
  ['18/20', of20],
  ['１８／２０', of20],
  ['十八/二十', of20],
  ['18件/20件', of20],
  ['20件里18件', of20],
  ['20件办件里18件按时办结', of20],
  ['20件里按时办结18件', of20],
  ['20件里面有18件', of20],
  ['20件中18件按时', of20],
  ['二十件里十八件', of20],
  ['抽查20件，其中18件', of20],
  ['抽查20件，18件', of20],
  ['办结20件，按时18件', of20],
  ['办结20件按时18件', of20],
  ['共20件，按时办结18件', of20],
  ['18件按时办结，共20件', of20],
  ['总数20，按时18', of20],
  ['按时18，总数20', of20],
  ['按时办结的有18件，总共20件', of20],
  ['20件有18件', of20],
  ['18件占20件', of20],
  ['大厅办结20件，按时18件', of20],
  ['大概20件里18件', of20],
  ['18/20，谢谢', of20],
  ['一共1,200件，按时1,150件', told(countsOf(1150, 1200))],
  ['十个有九个', told(countsOf(9, 10))],
  ['20件全部按时', told(countsOf(20, 20))],
  ['0/20', told(countsOf(0, 20))],
  ['20件里一件都没有', told(countsOf(0, 20))],
  ['抽查20件，其中18件按时，2件超时', of20],
  ['18/20，90%', of20],
  ['90%（18/20）', of20],
  ['2/3，67%', told(countsOf(2, 3))],
  // Which is which is not said, or it is the rest that is: asked, never guessed.
  ['20件，18件', maybe],
  ['18件，20件', maybe],
  ['20 18', maybe],
  ['20/18', maybe],
  ['抽查20件，18', ask(countsOf(18, 20), 18)],
  ['20件里2件没按时', maybe],
  ['20件，2件超时', maybe],
  ['按时18件，超时2件', maybe],
  ['按时18件，未按时2件', maybe],
  ['20件都按时办结', ask(countsOf(20, 20))],
  ['18/20，85%', ask(countsOf(18, 20), 85)],
  ['18件里20件', 'flow:hint.counts.over'],
  ['按时20件，办结18件', 'flow:hint.counts.over'],
  ['0/0', 'flow:hint.counts.zero.skip'],
  ['0件里18件', 'flow:hint.counts.zero.skip'],
  ['按时18件，其他20件', unclear],
  ['办结20件，按时18件，超时3件', unclear],
  ['20件里不到18件', unclear],
  ['不是18/20', unclear],
  ['18/20？', unclear],
  ['18.5/20', unclear],
  ['1/2/3', unclear],
  ['18件', unclear],
  ['20分钟', unclear],
  // Only the share is known; a number without a sign is told, as it might have been a count.
  ['95%', sure(95)],
  ['95', told(95)],
  ['18', ask(18)],
  ['18%', sure(18)],
  ['九成', told(90)],
  ['百分之九十', sure(90)],
  ['四分之三', sure(75)],
  ['抽了20件，90%', told(90)],
  ['3个窗口 92', ask(92)],
  ['18到20', ask(18, 20)],
  ['没有数据', { kind: 'skip' }],
];
table('counts, in Chinese', onTime, chinese);

table('counts, in English', onTime, [
  ['18 out of 20', of20],
  ['18 out of the 20 cases', of20],
  ['18 of 20', of20],
  ['18 of 20 cases decided on time', of20],
  ['18 cases decided on time out of 20', of20],
  ['18 were on time out of 20', of20],
  ['eighteen out of twenty', of20],
  ['nine in ten', told(countsOf(9, 10))],
  ['of 20 cases 18 were on time', of20],
  ['out of 20, 18', of20],
  ['20 cases, 18 on time', of20],
  ['20 in total, 18 on time', of20],
  ['20 cases, of which 18 on time', of20],
  ['all 20', told(countsOf(20, 20))],
  ['18 of 20 (90%)', of20],
  ['20 cases, 2 late', maybe],
  ['2 of 20 were late', maybe],
  ['18 on time, 2 late', maybe],
  ['20 out of 18', 'flow:hint.counts.over'],
  ['0 of 0', 'flow:hint.counts.zero.skip'],
  ['at least 18 of 20', unclear],
  ['not 18 of 20', unclear],
  ['18 to 20', ask(18, 20)],
  ['about 92%', told(92)],
  ['no data', { kind: 'skip' }],
]);

table('a name of which both the part and the whole have something', handled, [
  ['20件事项里18件既受理又办理', of20],
  ['既受理又办理18项，共20项', of20],
  ['事项20项，既受理又办理18项', of20],
  ['受理20项，办理18项', maybe],
  ['18 of 20 matters accepted and decided', of20],
  ['20 matters, 18 accepted and decided', of20],
]);
table('a name with numbers in it', reviewed, [
  ['20件审批里18件一审一核', of20],
  ['审批20件，一审一核18件', of20],
  ['20件里18件是一审一核的', of20],
  ['审批20件，一审的18件', of20],
  ['一审一核率90%', told(90)],
  ['18 of 20 approvals with one review and one check', of20],
  ['18 of 20 with one review', of20],
]);
table(
  'must be answered',
  asking({ 'zh-CN': '办件', en: 'cases' }, { 'zh-CN': '按时', en: 'on time' }, { required: true }),
  [['0/0', 'flow:hint.counts.zero']],
);

describe('a share and its counts', () => {
  const parts = fc
    .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.nat())
    .map(([of, any]) => countsOf(any % (of + 1), of));

  it('meets a threshold by the counts: 17 of 20 are 85 %, 89,999 of 100,000 no 90 %', () => {
    expect(holds({ atLeast: 85 }, {}, countsOf(17, 20))).toBe(true);
    expect(holds({ atLeast: 85 }, {}, countsOf(16, 20))).toBe(false);
    expect(holds({ atMost: 85 }, {}, countsOf(17, 20))).toBe(true);
    expect(holds({ atLeast: 33.3 }, {}, countsOf(333, 1000))).toBe(true);
    expect(holds({ is: 90 }, {}, countsOf(18, 20))).toBe(true);
    expect(countsOf(89_999, 100_000).percent).toBe(89.99);
    expect(countsOf(90_001, 100_000).percent).toBe(90.01);
    expect(holds({ atLeast: 90 }, {}, countsOf(89_999, 100_000))).toBe(false);
  });

  it('never seems to meet a whole percent that it misses, nor to miss one that it meets', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 100 }), (counts, limit) => {
        expect(Math.sign(counts.percent - limit)).toBe(Math.sign(compareShare(counts, limit)));
      }),
    );
  });

  it('is read back from JSON, and so are answers of the time before', () => {
    fc.assert(
      fc.property(parts, (counts) => {
        expect(Value.parse(JSON.parse(JSON.stringify(counts)))).toEqual(counts);
      }),
    );
    expect(Value.parse(95)).toBe(95);
    expect(Value.safeParse({ done: 20, of: 18, percent: 100 }).success).toBe(false);
  });

  it('is added up by its counts; percentages alone are counted and in no sum', () => {
    expect(pooled([countsOf(18, 20), 95, countsOf(1, 10), undefined])).toEqual({
      counts: countsOf(19, 30),
      n: 2,
      bare: 1,
    });
    expect(pooled([95, 80, undefined])).toBeNull();
  });

  it.each(['{{a}}/{{b}}', '{{b}}件里{{a}}件', '{{a}} out of {{b}}', '共{{b}}件，按时办结{{a}}件'])(
    '%s is read as what was meant, whatever the numbers',
    (form) => {
      fc.assert(
        fc.property(parts, ({ done, of }) => {
          const text = form.replace('{{a}}', String(done)).replace('{{b}}', String(of));
          expect(read(onTime, typed(text), context)).toEqual(told(countsOf(done, of)));
        }),
      );
    },
  );
});

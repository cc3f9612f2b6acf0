import { expect, test } from 'vitest';
import { stage } from '../conversation/stage.ts';

const head = 'console:experience-1';
const campaign = { file: 'jiaxing-2014-full' };
const now = '2026-06-29T10:00:00+08:00';

test('the days at the windows are handed in, checked, and passed on to the contact (JX-2.3, JX-2.4)', async () => {
  const talk = await stage({ campaign, now });
  const heard = await talk.says(head, '安排 7月1日至7月4日');
  // 4 July is a Saturday: workdays are counted here.
  expect(heard[0]?.text).toBe(
    '已安排3天：2026年7月1日（周三）、2026年7月2日（周四）、2026年7月3日（周五），并报送协调单位。如有变化，请重新回复“安排”和日期。',
  );
  const told = heard.filter(({ text }) => text.startsWith('市教育局已安排【体验式自查】'));
  expect(told.length).toBeGreaterThan(0);
  expect(await talk.query(`SELECT days FROM assignment WHERE cardinality(days) > 0`)).toEqual([
    { days: ['2026-07-01', '2026-07-02', '2026-07-03'] },
  ]);
  await talk.says(head, '安排 7月6日、7日、8日、9日');
  expect(await talk.query(`SELECT days FROM assignment WHERE cardinality(days) > 0`)).toEqual([
    { days: ['2026-07-06', '2026-07-07', '2026-07-08', '2026-07-09'] },
  ]);
});

test.each([
  ['安排', '没有读到可安排的日期'],
  ['安排 下周看情况', '没有读到可安排的日期'],
  ['安排 6月24日至6月26日', '2026年6月24日（周三）已经过去'],
  ['安排 7月14日至7月16日', '晚于完成期限2026年7月15日（周三）'],
  ['安排 7月1日、7月2日', '应安排3至5个工作日，您安排了2个'],
])('%s: %s', async (words, answer) => {
  const talk = await stage({ campaign, now });
  expect((await talk.says(head, words))[0]?.text).toContain(answer);
  expect(await talk.query(`SELECT 1 FROM assignment WHERE cardinality(days) > 0`)).toEqual([]);
});

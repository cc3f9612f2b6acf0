import { expect, test } from 'vitest';
import { dayRefusal } from '../../src/campaign/activities/experience.ts';
import { visitDayRefusal } from '../../src/commands/visit-day.ts';
import { createLibrary } from '../../src/store/library.ts';
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
  // Its own contacts, not those of the other three modes (JX-2.6, JX-5.1).
  expect(told.map(({ to }) => to)).toEqual(['console:coordinator-experience']);
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

test.each([
  [[], [], '2026-07-01', 'unplanned'],
  [['2026-07-02'], [], '2026-07-01', 'other'],
  [['2026-07-01'], ['2026-07-01'], '2026-07-01', 'done'],
  [['2026-07-01', '2026-07-02'], ['2026-07-01'], '2026-07-02', null],
] as const)('days handed in %j, recorded %j, on %s: %s', (planned, recorded, today, why) =>
  expect(dayRefusal(planned, recorded, today)).toBe(why),
);

test('a record is kept on the days handed in, one a day; other modes know no such days (JX-2.3)', async () => {
  const talk = await stage({ campaign, now });
  const { prisma } = talk.database;
  const library = createLibrary(talk.database);
  const [task, other] = await Promise.all(
    (['experience', 'cross'] as const).map((mode) =>
      prisma.assignment.findFirstOrThrow({
        where: { activity: { mode }, assignee: { memberships: { some: { role: 'inspector' } } } },
      }),
    ),
  );
  const refusal = (at: string, mode: 'experience' | 'cross' = 'experience') =>
    prisma.$transaction((transaction) =>
      visitDayRefusal(
        { transaction, library, at },
        { id: (mode === 'cross' ? other : task)?.id ?? '', mode, campaignId: talk.campaignId },
      ),
    );
  expect(await refusal('2026-07-01T01:00:00Z')).toMatchObject({ key: 'modes:day.unplanned' });
  expect(await refusal('2026-07-01T01:00:00Z', 'cross')).toBeNull();
  await talk.says(head, '安排 7月1日至7月3日');
  expect(await refusal('2026-07-01T01:00:00Z')).toBeNull();
  // Still the last day of June there.
  expect(await refusal('2026-06-30T15:59:00Z')).toMatchObject({ key: 'modes:day.other' });
  talk.clock.set('2026-07-01T09:00:00+08:00');
  await talk.says(head, '签到');
  for (const answer of ['6', '是', '否', '否', '否', '是', '是']) await talk.says(head, answer);
  expect(await refusal('2026-07-01T08:00:00Z')).toMatchObject({ key: 'modes:day.done' });
  expect(await refusal('2026-07-02T01:00:00Z')).toBeNull();
});

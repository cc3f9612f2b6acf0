import { expect, test } from 'vitest';
import { dayRefusal, schedule } from '../../src/campaign/activities/experience.ts';
import { makeCalendar } from '../../src/campaign/calendar.ts';
import { visitDayRefusal } from '../../src/commands/visit-day.ts';
import { runIn } from '../../src/store/database.ts';
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
    '已安排3天：2026年7月1日（周三）、2026年7月2日（周四）、2026年7月3日（周五），并报送协调单位。如有变化，请重新回复“安排”和日期。\n2026年7月4日（周六）是休息日，没有计入。',
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

test.each(['安排 7.1-7.3', '安排：7月1日-3日', '安排 7/1～7/3', '安排 ７．１到７．３'])(
  '%s',
  async (words) => {
    const talk = await stage({ campaign, now });
    expect((await talk.says(head, words))[0]?.text).toContain(
      '已安排3天：2026年7月1日（周三）、2026年7月2日（周四）、2026年7月3日（周五）',
    );
  },
);

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

test('once the due day is over, later days are taken, and everybody concerned hears that they are late', async () => {
  const talk = await stage({ campaign, now: '2026-07-15T10:00:00+08:00' });
  expect((await talk.says(head, '安排 7月16日至7月20日'))[0]?.text).toContain(
    '晚于完成期限2026年7月15日（周三）',
  );
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const days = '2026年7月16日（周四）、2026年7月17日（周五）、2026年7月20日（周一）';
  const [done, told] = await talk.says(head, '安排 7月16日、17日、20日');
  expect(done?.text).toContain(`已安排3天：${days}`);
  expect(done?.text).toContain(`完成期限2026年7月15日（周三）已过，${days}属逾期安排，请尽快完成并上报。`);
  expect(told).toMatchObject({
    to: 'console:coordinator-experience',
    text: `市教育局已安排【体验式自查】：${days}。\n其中${days}在完成期限2026年7月15日（周三）之后。`,
  });
  expect((await talk.says(head, '签到'))[0]?.text).toContain('主要负责人到本单位窗口体验');
});

test.each([
  [[], [], [], '2026-07-01', 'unplanned'],
  [['2026-07-02'], [], [], '2026-07-01', 'other'],
  [['2026-07-01'], ['2026-07-01'], [], '2026-07-01', 'done'],
  [['2026-07-01'], [], ['2026-07-01'], '2026-07-01', 'open'],
  [['2026-07-01', '2026-07-02'], ['2026-07-01'], [], '2026-07-02', null],
  // Begun yesterday and never finished: that is yesterday's.
  [['2026-07-01', '2026-07-02'], [], ['2026-07-01'], '2026-07-02', null],
] as const)('days handed in %j, recorded %j, begun %j, on %s: %s', (planned, done, open, today, why) =>
  expect(dayRefusal({ planned, done, open }, today)).toBe(why),
);

/** Days of July 2026, from and to Wednesday the 1st; 4 and 5 July are a weekend. */
const july = (...days: number[]) => days.map((day) => `2026-07-${String(day).padStart(2, '0')}`);
const service = (min: number, max: number, consecutive = false) => ({
  days: { min, max, count: 'workdays' as const, consecutive },
  dueOn: '2026-07-15',
});

test.each([
  ['what is named later comes beside what was served', [3, 6], { days: july(1, 2, 3, 6), kept: july(1, 2) }],
  ['a served day that is named again is named', [1, 2, 3, 7], { days: july(1, 2, 3, 7), kept: [] }],
  [
    'a day missed, and not named again, is dropped',
    [3, 6, 7],
    { days: july(1, 2, 3, 6, 7), kept: july(1, 2) },
  ],
] as const)('on 3 July after 1 and 2 July were served: %s', (_, named, wanted) => {
  const standing = { planned: july(1, 2, 3, 8), served: july(2, 1) };
  expect(schedule(service(3, 5), july(...named), '2026-07-03', makeCalendar({}), standing)).toEqual({
    ...wanted,
    skipped: [],
  });
});

test.each([
  ['a day over that nobody had handed in', [1, 6, 7], july(2), 'schedule.past', {}],
  [
    'more than are wanted, the served counted',
    [3, 6, 7, 8],
    july(1, 2),
    'schedule.length.workdays',
    { given: 6 },
  ],
  ['too few', [3], july(2), 'schedule.length.workdays', { given: 2 }],
] as const)('on 3 July is refused: %s', (_, named, served, key, params) => {
  const standing = { planned: july(2, 3), served };
  const { refused } = schedule(service(3, 5), july(...named), '2026-07-03', makeCalendar({}), standing);
  expect(refused).toMatchObject({ key: `campaign:${key}`, params });
});

test('days on end stay so, the served among them', () => {
  const standing = { planned: july(1, 2, 3), served: july(1, 2) };
  const settle = (...named: number[]) =>
    schedule(service(3, 5, true), july(...named), '2026-07-03', makeCalendar({}), standing);
  expect(settle(3, 6)).toMatchObject({ days: july(1, 2, 3, 6) });
  expect(settle(6)).toMatchObject({ refused: { key: 'campaign:schedule.gap' } });
});

test('a service that has begun is changed for the days to come (JX-2.3)', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(head, '安排 7月1日至7月3日、7月6日');
  for (const day of ['07-01', '07-02']) {
    talk.clock.set(`2026-${day}T09:00:00+08:00`);
    await talk.says(head, '签到');
    for (const answer of ['6', '是', '否', '否', '否', '是', '是']) await talk.says(head, answer);
  }
  talk.clock.set('2026-07-03T09:00:00+08:00');
  const heard = await talk.says(head, '安排 7月3日、7月7日');
  expect(heard[0]?.text).toBe(
    '已安排4天：2026年7月1日（周三）、2026年7月2日（周四）、2026年7月3日（周五）、2026年7月7日（周二），并报送协调单位。如有变化，请重新回复“安排”和日期。\n其中2026年7月1日（周三）、2026年7月2日（周四）已有体验记录，予以保留。',
  );
  expect((await talk.says(head, '安排 7月1日至7月3日、7月8日'))[0]?.text).toContain(
    '2026年7月8日（周三），并',
  );
  expect((await talk.says(head, '安排 7月3日至7月9日'))[0]?.text).toContain('您安排了7个（含已有记录的2天）');
  expect((await talk.says(head, '安排 6月30日、7月8日'))[0]?.text).toContain('2026年6月30日（周二）已经过去');
  expect(await talk.query(`SELECT days FROM assignment WHERE cardinality(days) > 0`)).toEqual([
    { days: july(1, 2, 3, 8) },
  ]);
});

test('of two colleagues who begin the same day in the same moment one does; the other is told', async () => {
  const talk = await stage({ campaign, now });
  const invited = await talk.says('console:coordinator', '邀请 检查员 市教育局');
  const code = /邀请码：([A-Z0-9]{6})/.exec(invited.map(({ text }) => text).join())?.[1];
  await talk.says('console:colleague', `绑定 ${code}`);
  await talk.says(head, '安排 6月29日至7月1日');
  const both = await Promise.all([talk.says(head, '签到'), talk.says('console:colleague', '签到')]);
  expect(await talk.query(`SELECT 1 FROM session WHERE ended_at IS NULL`)).toHaveLength(1);
  expect(both.flat().some(({ text }) => text === '今天的体验记录已有同事在填写，每天填一份即可。')).toBe(
    true,
  );
});

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
        { run: runIn(transaction), library, at },
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

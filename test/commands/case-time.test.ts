import { expect, test } from 'vitest';
import { cast, type Heard, stage } from '../conversation/stage.ts';

const { coordinator, inspector, citizen } = cast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

test('times are kept for the task, all lines or none, and open no problem (HZ-13)', async () => {
  const talk = await stage();
  const lines = ['时限 1号 施工许可 法定20 承诺10 实际7', '食品经营许可 法定20 承诺12 实际13'];
  expect(textOf(await talk.says(inspector, [...lines, '看不懂的一行'].join('\n')))).toContain(
    '全部未登记：看不懂的一行',
  );
  expect(textOf(await talk.says(inspector, '时限 1号 施工许可 法定10 承诺20 实际7'))).toContain(
    '承诺时限比法定时限还长',
  );
  expect(await talk.query('SELECT 1 FROM case_time')).toEqual([]);
  expect(textOf(await talk.says(inspector, lines.join('\n')))).toContain('已登记2件（1号任务，累计2件）');
  expect(
    await talk.query(
      `SELECT matter, statutory::float8 AS statutory, promised::float8 AS promised, actual::float8 AS actual
       FROM case_time ORDER BY seq`,
    ),
  ).toEqual([
    { matter: '施工许可', statutory: 20, promised: 10, actual: 7 },
    { matter: '食品经营许可', statutory: 20, promised: 12, actual: 13 },
  ]);
  expect(await talk.query('SELECT 1 FROM finding')).toEqual([]);
  const many = Array.from({ length: 51 }, () => lines[1]).join('\n');
  expect(textOf(await talk.says(inspector, `时限 ${many}`))).toContain('最多登记50件');
  expect(textOf(await talk.says(citizen, '时限 施工许可 法定20 承诺10 实际7'))).toContain(
    '需要相应的工作身份',
  );
});

test('times of a hidden activity are for those who may know of it (JX-4.4)', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' } });
  const own = 'console:coordinator-covert';
  await talk.says(own, '派暗访 市发展改革委 到 市公安局');
  const [task] = await talk.query<{ number: number }>(
    `SELECT a.number FROM assignment a JOIN activity v ON v.id = a.activity_id AND v.hidden`,
  );
  await talk.says('console:accompany-1', `时限 #${task?.number} 户口迁移 法定20 承诺5 实际1`);
  expect(textOf(await talk.says(coordinator, '指标'))).toContain('还没有登记办件用时');
  expect(textOf(await talk.says(own, '指标', { room: cast.room, addressed: true }))).toContain('还没有登记');
  expect(textOf(await talk.says(own, '指标'))).toContain('户口迁移（1件）');
  expect(
    textOf(await talk.says('console:accompany-1', '指标', { room: cast.room, addressed: true })),
  ).toContain('还没有登记');
});

import { expect, test } from 'vitest';
import { exportOf } from '../../src/report/export.ts';
import { cast, stage } from '../conversation/stage.ts';
import { visit } from './visit.ts';

const { coordinator, inspector, other, room } = cast;

/** One window after another: a report lists them in that order. */
const visitNext: typeof visit = async (talk, ...rest) => {
  talk.clock.advance(60_000);
  return visit(talk, ...rest);
};

test('too few windows: says how many are missing, and nothing is handed in', async () => {
  const talk = await stage();
  await visitNext(talk, inspector);
  const [heard] = await talk.says(inspector, '上报');
  expect(heard?.text).toBe('已检查1个窗口，按通知要求至少3个，还需2个。到下一个窗口后回复“签到”。');
  expect(await talk.query('SELECT 1 FROM assignment WHERE reported_at IS NOT NULL')).toEqual([]);
});

test('the report says what was seen, to the inspector and to every coordinator', async () => {
  const talk = await stage();
  await talk.query(
    `WITH one AS (INSERT INTO contact (address) VALUES ('wechat:second') RETURNING id),
       urns AS (INSERT INTO urn (urn, contact_id) SELECT 'wechat:second', id FROM one)
     INSERT INTO membership (contact_id, role) SELECT id, 'coordinator' FROM one`,
  );
  await visitNext(talk, inspector, { name: '不动产窗口', accepted: 95, citizens: 0 });
  await visitNext(talk, inspector, { name: '医保窗口', accepted: 80, onPost: false });
  await visitNext(talk, inspector, { name: '公积金窗口', accepted: 90, reviewed: 84 });
  await talk.says(inspector, '发现问题 取号机坏了');
  talk.clock.set('2026-07-10T15:00:00+08:00');
  const [preview] = await talk.says(inspector, '上报');
  expect(await talk.query('SELECT 1 FROM assignment WHERE reported_at IS NOT NULL')).toEqual([]);
  const heard = await talk.taps(inspector, preview, '确认上报');
  const summary = [
    '检查窗口3个：不动产窗口、医保窗口、公积金窗口。',
    '既受理又办理的事项占比：95%、80%、90%（2/3达到要求）。',
    '一审一核率：90%、90%、84%（2/3达到要求）。',
    '办事群众的总体评价：不足5份，不予显示。',
    '发现问题4个：',
    '既受理又办理的事项未达到90%：1个（1号）',
    '工作人员缺岗或AB岗制度未执行：1个（2号）',
    '一审一核率未达到85%：1个（3号）',
    '取号机坏了：1个（4号）',
  ];
  expect(heard[0]).toMatchObject({
    to: inspector,
    text: '已上报：检查海盐县政府，共3个窗口。情况已送市行政审批服务中心协调员，谢谢！',
  });
  expect(preview?.text).toBe(
    [
      '1号任务（检查海盐县政府，共3个窗口）将上报以下情况：',
      ...summary,
      '报送：市行政审批服务中心协调员。',
      '核对无误请回复“确认上报”。上报后需要更正的，请协调单位退回。',
    ].join('\n'),
  );
  const title = '南湖区政府于7月10日15:00上报1号任务（交叉式抽查：检查海盐县政府）：';
  for (const to of [coordinator, 'wechat:second'])
    expect(heard.find((one) => one.to === to)).toMatchObject({
      priority: 2,
      text: [title, ...summary].join('\n'),
    });
  expect(heard).toHaveLength(3);
  const rows = await talk.query<{ contact: string }>(
    `SELECT a.reported_at, a.remind_at, u.urn FROM assignment a JOIN urn u ON u.contact_id = a.reported_by`,
  );
  expect(rows).toEqual([
    { reported_at: new Date('2026-07-10T15:00:00+08:00'), remind_at: null, urn: inspector },
  ]);
});

test('a second report says that it is in, and sends nothing', async () => {
  const talk = await stage();
  for (let n = 0; n < 3; n += 1) await visitNext(talk, inspector);
  expect((await talk.says(inspector, '确认上报')).map(({ to }) => to)).toEqual([inspector, coordinator]);
  for (const text of ['上报', '上报 1', '确认上报'])
    expect((await talk.says(inspector, text)).map((one) => one.text)).toEqual([
      '任务已经上报，无需再报。如需补充，请联系协调单位。',
    ]);
  expect((await talk.says(inspector, '签到'))[0]?.text).toBe('任务已经上报，不再需要检查。');
});

test('an unfinished checklist comes first', async () => {
  const talk = await stage();
  for (let n = 0; n < 3; n += 1) await visitNext(talk, inspector);
  await talk.says(inspector, '签到', { room });
  expect((await talk.says(inspector, '上报'))[0]?.text).toContain('还有一份检查表没有填完');
  await talk.says(inspector, '退出', { room });
  expect((await talk.says(inspector, '上报'))[0]?.text).toContain('将上报以下情况');
  expect((await talk.says(inspector, '上报 确认'))[0]?.text).toContain('已上报');
});

test('in a room only that it is in; in quiet hours the coordinators hear of it in the morning', async () => {
  const talk = await stage();
  for (let n = 0; n < 3; n += 1) await visitNext(talk, inspector, { accepted: 80 });
  talk.clock.set('2026-07-10T22:00:00+08:00');
  const shown = await talk.says(inspector, '上报', { room });
  expect(shown.map(({ to, text }) => [to, text.includes('既受理又办理')])).toEqual([
    [inspector, true],
    [room, false],
  ]);
  const heard = await talk.says(inspector, '确认上报', { room });
  expect(heard[0]).toMatchObject({
    to: room,
    text: '已上报：检查海盐县政府，共3个窗口。情况已送市行政审批服务中心协调员，谢谢！',
  });
  expect(heard[1]).toMatchObject({ to: coordinator, dueAt: '2026-07-11T00:00:00.000Z' });
  expect(heard[1]?.text).toContain('既受理又办理的事项未达到90%：3个（1、2、3号）');
});

test('somebody whose part has ended reports no more, and is told what to do', async () => {
  const talk = await stage();
  for (let n = 0; n < 3; n += 1) await visitNext(talk, inspector);
  await talk.query(
    `DELETE FROM membership WHERE contact_id = (SELECT contact_id FROM urn WHERE urn = '${inspector}')`,
  );
  expect((await talk.says(inspector, '上报'))[0]?.text).toBe(
    '“上报”需要相应的工作身份。如已收到邀请码，请回复“绑定”加邀请码；如有疑问，请联系协调单位。',
  );
  expect(await talk.query('SELECT 1 FROM assignment WHERE reported_at IS NOT NULL')).toEqual([]);
});

test('nobody reports for another unit', async () => {
  const talk = await stage();
  for (let n = 0; n < 3; n += 1) await visitNext(talk, inspector);
  expect((await talk.says(other, '上报 1'))[0]?.text).toContain('您没有编号为1的任务');
  expect((await talk.says(coordinator, '上报 1'))[0]?.text).toContain('“上报”由检查员、单位负责人使用');
});

test('a figure that the window could not give is no problem, and the report says so', async () => {
  const talk = await stage();
  await visitNext(talk, inspector, { accepted: null });
  await visitNext(talk, inspector);
  await visitNext(talk, inspector, { accepted: 80 });
  const [preview] = await talk.says(inspector, '上报');
  expect(preview?.text).toContain('既受理又办理的事项占比：未提供、95%、80%（1/2达到要求）。');
  expect(preview?.text).toContain('发现问题1个：');
});

test('a coordinator returns a report: the inspector hears why, corrects it and hands it in again', async () => {
  const talk = await stage();
  for (let n = 0; n < 3; n += 1) {
    talk.clock.set(`2026-06-22T1${n}:00:00+08:00`);
    await visitNext(talk, inspector, n === 2 ? { accepted: 80 } : {});
  }
  expect((await talk.says(coordinator, '退回上报 1 缺数据'))[0]?.text).toContain('1号任务尚未上报');
  await talk.says(inspector, '确认上报');
  expect((await talk.says(inspector, '改第4题 96'))[0]?.text).toContain('已经上报的不能再改');
  expect((await talk.says(coordinator, '退回上报'))[0]?.text).toContain('请写明任务编号和原因');
  expect((await talk.says(inspector, '退回上报 1 缺数据'))[0]?.text).not.toContain('已退回');
  const heard = await talk.says(coordinator, '退回上报 #1 第三个窗口的数据有误');
  expect(heard.find(({ to }) => to === inspector)?.text).toContain('已退回，原因：第三个窗口的数据有误');
  expect(heard.find(({ to }) => to === coordinator)?.text).toContain('并告知检查员1人');
  const rows = await talk.query(
    'SELECT reported_at, remind_at IS NOT NULL AS reminded FROM assignment WHERE number = 1',
  );
  expect(rows).toEqual([{ reported_at: null, reminded: true }]);
  const [asked] = await talk.says(inspector, '改 4 96');
  const corrected = await talk.taps(inspector, asked, '第4题：二、既受理又办理的事项占多少？');
  expect(corrected[0]?.text).toContain('已更正第4题');

  expect(await talk.query('SELECT status FROM finding')).toEqual([{ status: 'withdrawn' }]);
  talk.clock.set('2026-06-22T14:00:00+08:00');
  const again = await talk.says(inspector, '确认上报');
  expect(again.map(({ to }) => to)).toEqual([inspector, coordinator]);
  expect(again[1]?.text).toContain('95%、95%、96%');
});

test('counts are shown with their share and added up; a percentage alone is in no sum (JX-3.2)', async () => {
  const talk = await stage();
  await visitNext(talk, inspector, { accepted: '20件里18件' });
  await visitNext(talk, inspector, { accepted: '17/20' });
  await visitNext(talk, inspector, { accepted: '95%', reviewed: 85 });
  const [preview] = await talk.says(inspector, '上报');
  expect(preview?.text).toContain(
    [
      '既受理又办理的事项占比：90%（18/20）、85%（17/20）、95%（2/3达到要求）。',
      '合计87.5%（35/40，共2处）；另有1处只提供比例，未计入。',
      '一审一核率：90%、90%、85%（3/3达到要求）。',
      '办事群众的总体评价：不足5份，不予显示。',
    ].join('\n'),
  );
  expect((await talk.says(coordinator, '状态'))[0]?.text).toContain(
    '待整改问题：1个。\n二、既受理又办理的事项占多少：合计87.5%（35/40，共2处）；另有1处只提供比例，未计入。\n群众自主评价',
  );
  expect(await talk.query(`SELECT value FROM finding`)).toEqual([
    { value: { done: 17, of: 20, percent: 85 } },
  ]);
  const exported = await exportOf(talk.database, 'jiaxing-2014', '2026-06-23T00:00:00Z');
  expect(exported).toMatchObject({
    figures: [
      {
        flow: 'jiaxing-2014/window',
        question: 'accepted-and-handled',
        done: 35,
        of: 40,
        percent: 87.5,
        n: 2,
        percentOnly: 1,
      },
    ],
  });
  // A correction gives the third window counts of its own.
  const asked = await talk.says(inspector, '改 4 40件里36件');
  await talk.taps(inspector, asked[0], '第4题：二、既受理又办理的事项占多少？');
  expect((await talk.says(coordinator, '状态'))[0]?.text).toContain('合计88.75%（71/80，共3处）。');
});

test('a report returned at night is told of in the morning, with the reason as it was typed', async () => {
  const talk = await stage();
  for (let n = 0; n < 3; n += 1) await visitNext(talk, inspector);
  await talk.says(inspector, '确认上报');
  talk.clock.set('2026-07-10T22:00:00+08:00');
  const heard = await talk.says(coordinator, '退回上报 １号，案件未办结，请补充“办结时间”（２处）；谢谢！');
  const told = heard.find(({ to }) => to === inspector);
  expect(told).toMatchObject({ dueAt: '2026-07-11T00:00:00.000Z', key: expect.stringMatching(/^return:/) });
  expect(told?.text).toContain('原因：案件未办结，请补充“办结时间”（２处）；谢谢！');
});

import { expect, test } from 'vitest';
import { cast, stage } from '../conversation/stage.ts';
import { visit } from './visit.ts';

const { coordinator, inspector, other, liaison, citizen, room } = cast;

test('an inspector: number, whom, by when, workdays left, windows, what next', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-14T10:00:00+08:00');
  expect((await talk.says(inspector, '我的任务'))[0]?.text).toBe(
    '您有1项任务：\n1号：检查海盐县政府，2026年7月15日（周三）前完成，还有1个工作日；已检查0个窗口（需3—5个）。请回复“收到”确认。',
  );
  await visit(talk, inspector);
  expect((await talk.says(inspector, '任务'))[0]?.text).toContain(
    '已检查1个窗口（需3—5个）。下一步：到下一个窗口后回复“签到”。',
  );
  talk.clock.set('2026-07-15T10:00:00+08:00');
  expect((await talk.says(inspector, '任务'))[0]?.text).toContain('今天截止');
  talk.clock.set('2026-07-17T10:00:00+08:00');
  expect((await talk.says(inspector, '任务'))[0]?.text).toContain('已逾期2天');
});

test('a due day after nothing but rest days has no workday left before it, and is not today', async () => {
  const talk = await stage();
  await talk.query(`UPDATE assignment SET due_on = '2026-07-12'`);
  talk.clock.set('2026-07-11T10:00:00+08:00');
  expect((await talk.says(inspector, '任务'))[0]?.text).toContain('到期日前没有工作日');
});

test('in a room the tasks are told in private', async () => {
  const talk = await stage();
  const heard = await talk.says(other, '我的任务', { room });
  expect(heard.map(({ to }) => to)).toEqual([other, room]);
  expect(heard[0]?.text).toContain('2号：检查平湖市政府');
});

test('a liaison sees what is open at the own unit, and nothing of secret inspections', async () => {
  const talk = await stage();
  expect((await talk.says(liaison, '任务'))[0]?.text).toBe('本单位目前没有待整改的问题。');
  await visit(talk, inspector, { accepted: 80 });
  await visit(talk, other, { accepted: 70 });
  expect((await talk.says(liaison, '任务'))[0]?.text).toBe(
    '本单位有1个待整改问题：\n1号：既受理又办理的事项未达到90%\n　　待下达整改，下达后会通知您。',
  );
  await talk.query('UPDATE activity SET secret = true');
  expect((await talk.says(liaison, '任务'))[0]?.text).toBe('本单位目前没有待整改的问题。');
});

test('a coordinator is led to the status; a citizen is refused', async () => {
  const talk = await stage();
  expect((await talk.says(coordinator, '任务'))[0]?.text).toContain('回复“状态”查看总体进度');
  expect((await talk.says(citizen, '任务'))[0]?.text).toContain('需要相应的工作身份');
});

test('收到 confirms once; later there is nothing left to confirm', async () => {
  const talk = await stage();
  expect((await talk.says(inspector, '收到，谢谢！', { room }))[0]).toMatchObject({
    to: room,
    text: '已确认：检查海盐县政府，2026年7月15日（周三）前完成。',
  });
  expect((await talk.says(inspector, '收到'))[0]?.text).toBe('好的，有需要随时找我。');
  await talk.query('UPDATE assignment SET reported_at = now() WHERE number = 1');
  expect((await talk.says(inspector, '收到'))[0]?.text).toBe('没有待确认的任务。回复“我的任务”查看任务。');
  const rows = await talk.query('SELECT number FROM assignment WHERE acknowledged_at IS NOT NULL');
  expect(rows).toEqual([{ number: 1 }]);
});

test.each(['ok', '好的', '知道了。', '👌', '收到👌', '收到，马上办', 'Received, will do'])(
  '%s confirms a task that is new',
  async (words) => {
    const talk = await stage();
    const [said] = await talk.says(inspector, words);
    expect(said?.text).toMatch(/^(已确认：|Confirmed)/);
    expect((await talk.says(inspector, words))[0]?.text).toMatch(/^好的，有需要随时找我|All right/);
  },
);

test('courtesy by those who have no such task is met with courtesy', async () => {
  const talk = await stage();
  expect((await talk.says(coordinator, '收到'))[0]?.text).toBe('好的，有需要随时找我。');
  expect((await talk.says(liaison, '好的'))[0]?.text).toBe('好的，有需要随时找我。');
});

test('a question by the coordinator in the room is no confirmation and gets no answer', async () => {
  const talk = await stage();
  expect(await talk.says(coordinator, '收到？', { room })).toEqual([]);
});

test('with several tasks it is asked which, and the tap is the answer', async () => {
  const talk = await stage();
  await talk.query(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT u.contact_id, n.campaign_id, n.id, 'inspector' FROM urn u, unit n WHERE u.urn = $1 AND n.code = 'jiashan'`,
    [inspector],
  );
  const [asked] = await talk.says(inspector, '签到');
  expect(asked?.text).toBe(
    '您有多项任务，请选择一项：\n1号：检查海盐县政府\n3号：检查南湖区政府\n也可以回复“签到”加编号，例如“签到 1”。',
  );
  expect(asked?.options).toEqual(['海盐县政府', '南湖区政府']);
  expect((await talk.taps(inspector, asked, '南湖区政府'))[0]?.text).toContain('开始检查南湖区政府');
  expect((await talk.says(inspector, '上报 77'))[0]?.text).toBe(
    '您没有编号为77的任务。回复“我的任务”查看任务及编号。',
  );
});

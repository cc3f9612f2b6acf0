import { expect, test } from 'vitest';
import { sendDueReminders } from '../../src/conversation/remind.ts';
import { post } from '../../src/conversation/wording.ts';
import type { Say } from '../../src/flow/say.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { enrol, lastTo, to } from '../ledger/people.ts';
import { visit } from './visit.ts';

const { coordinator, inspector, other, liaison, room } = cast;
const said = (heard: Heard[]) => to(coordinator, heard).join('\n');

async function taskRow({ query }: Talk, number: number) {
  const [row] = await query<{ due: string; unit: string; given: string | null; remind: Date | null }>(
    `SELECT a.due_on AS due, u.code AS unit, a.given_due AS given, a.remind_at AS remind
     FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE a.number = $1`,
    [number],
  );
  return row;
}

test('逾期: who is late, with numbers, to the coordinator alone; nobody before the day is over', async () => {
  const talk = await stage();
  expect(said(await talk.says(coordinator, '逾期'))).toContain('目前没有逾期未上报的任务');
  talk.clock.set('2026-07-17T10:00:00+08:00');
  const heard = await talk.says(coordinator, '逾期', { room, addressed: true });
  expect(said(heard)).toContain('逾期未上报8项');
  expect(said(heard)).toMatch(/1：南湖区政府，检查海盐县政府.*已逾期2天；检查员1人/u);
  expect(said(heard)).toContain('该单位尚无检查员');
  expect(to(room, heard)).toEqual(['已私信回复。']);
  const beyond = said(await talk.says(coordinator, '逾期 2'));
  expect(beyond).toContain('没有第2页，共1页');
  expect(beyond).toContain('逾期未上报8项');
});

test('a list pages, ten rows a time, and an inspector lists only their own', async () => {
  const talk = await stage();
  await talk.query(
    `INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on)
     SELECT v.id, s.id, t.id, '2026-07-15' FROM activity v, unit s, unit t
     WHERE s.code = 'nanhu' AND t.code IN ('tongxiang', 'jiashan', 'pinghu')`,
  );
  talk.clock.set('2026-07-17T10:00:00+08:00');
  const [first] = await talk.says(coordinator, '逾期');
  expect(first?.text).toContain('另有1条，回复“逾期 2”查看下一页');
  expect((await talk.says(coordinator, '逾期 2'))[0]?.text).toMatch(/第2\/2页/u);
  expect((await talk.says(other, '逾期'))[0]?.text).toContain('逾期未上报1项');
});

test('任务 @某人 and 谁还没报: the open tasks of a unit, of somebody, of all', async () => {
  const talk = await stage();
  for (const words of ['任务 南湖区', '任务 @南湖区政府检查员', 'tasks Nanhu'])
    expect(said(await talk.says(coordinator, words)), words).toMatch(/未上报的任务1项：\n1：南湖区政府/u);
  expect(said(await talk.says(coordinator, '任务 南胡区'))).toContain('没有找到“南胡区”');
  expect(to(inspector, await talk.says(inspector, '任务 秀洲区'))[0]).toContain('请回复“我的任务”');
  expect(said(await talk.says(coordinator, '谁还没报'))).toContain('未上报8项');
  for (let n = 0; n < 3; n += 1) await visit(talk, inspector);
  await talk.says(inspector, '确认上报');
  expect(said(await talk.says(coordinator, '谁还没报？'))).toContain('未上报7项');
  expect(said(await talk.says(coordinator, '谁'))).toMatch(/南湖区政府：检查员1人/u);
  expect(said(await talk.says(coordinator, '谁 海盐县'))).toMatch(/共1人\n1\. .*联络员/u);
});

test('催办 for one unit: shows whom it reaches and asks first; the confirmation reaches them and nobody else', async () => {
  const talk = await stage();
  const asked = await talk.says(coordinator, '催办 南湖区');
  expect(said(asked)).toContain('南湖区政府');
  expect(said(asked)).not.toContain('秀洲');
  expect(said(asked)).toContain('回复“催办 确认 南湖区”发送');
  expect(to(inspector, asked)).toEqual([]);
  const sent = await talk.says(coordinator, '确认');
  expect(to(inspector, sent)).toHaveLength(1);
  expect(to(other, sent)).toEqual([]);
  expect(said(await talk.says(coordinator, '催办 逾期'))).toContain('无需催办');
});

test('延期: a later day with its reminders, told once it stands; 撤销 within ten minutes leaves no trace outside', async () => {
  const talk = await stage();
  const before = await taskRow(talk, 1);
  const done = await talk.says(coordinator, '延期 1 7月20日 台风停运');
  expect(said(done)).toContain('延至2026年7月20日');
  expect(await taskRow(talk, 1)).toMatchObject({ due: '2026-07-20', given: '2026-07-15' });
  const told = lastTo(inspector, done);
  expect(told?.text).toContain('理由：台风停运');
  expect(told?.dueAt).toBe('2026-06-22T02:10:00.000Z');
  expect(said(await talk.says(coordinator, '撤销'))).toContain('已撤销“任务延期”');
  expect(await taskRow(talk, 1)).toEqual(before);
  expect((await talk.said(inspector)).some(({ text }) => text.includes('延至'))).toBe(false);
  expect(said(await talk.says(coordinator, '撤销'))).toContain('没有可以撤销的操作');
  expect(said(await talk.says(coordinator, '为什么 1'))).toMatch(
    /由.*7月15日.*延至.*7月20日.*\n理由：台风停运\n[^\n]*撤销/u,
  );
});

test('an extension asks for a clear later day, and is for the coordinators of the task', async () => {
  const talk = await stage();
  for (const words of ['延期 1', '延期 1 7月10日', '任务延期 1 尽快'])
    expect(said(await talk.says(coordinator, words)), words).toContain('2026年7月16日');
  expect(said(await talk.says(coordinator, '任务延期 99 7月20日'))).toContain('没有编号为99的任务');
  await enrol(talk, 'console:mode', { role: 'coordinator', unit: 'haiyan', title: '其他单位' });
  expect(to('console:mode', await talk.says('console:mode', '延期 1 7月20日'))[0]).toContain(
    '由其他协调单位负责',
  );
  expect((await taskRow(talk, 1))?.due).toBe('2026-07-15');
});

test('撤销: not after ten minutes, not when something else was done since, not what was told', async () => {
  const talk = await stage();
  await talk.says(coordinator, '延期 1 7月20日');
  talk.clock.set('2026-06-22T10:11:00+08:00');
  expect(said(await talk.says(coordinator, '撤销'))).toContain('已超过10分钟');
  await talk.says(coordinator, '延期 2 7月20日');
  await talk.says(coordinator, '邀请 检查员 海盐县');
  expect(said(await talk.says(coordinator, '撤销'))).toContain('“邀请”已经告知他人或已生效');
  expect((await taskRow(talk, 2))?.due).toBe('2026-07-20');
  await talk.says(coordinator, '延期 2 7月21日');
  await talk.says(coordinator, '状态');
  await talk.query(`UPDATE outbox SET status = 'sent' WHERE key LIKE 'deed:%' AND status = 'waiting'`);
  await enrol(talk, 'console:more', { role: 'inspector', unit: 'xiuzhou', title: '检查员' });
  expect(said(await talk.says(coordinator, '撤销'))).toMatch(/已有通知发出|已撤销/u);
});

test('撤销: what is no deed on the campaign does not hide the one before; deeds bear the name of the reader’s language', async () => {
  const talk = await stage();
  const before = await taskRow(talk, 1);
  await talk.says(coordinator, '任务延期 1 7月20日 台风停运');
  for (const looked of ['看板', '状态', '退出看板', '我的任务']) await talk.says(coordinator, looked);
  expect(said(await talk.says(coordinator, '撤销'))).toContain('已撤销“任务延期”');
  expect(await taskRow(talk, 1)).toEqual(before);
  const [last] = await talk.query<{ say: Say }>('SELECT say FROM outbox ORDER BY seq DESC LIMIT 1');
  expect(post(last?.say ?? { lines: [] }, 'en').text).toContain('Undone: "extend task"');
});

test('指派: one task goes to another unit with its history, never to whom it must not', async () => {
  const talk = await stage();
  await talk.says(inspector, '收到');
  expect(said(await talk.says(coordinator, '指派 1 海盐县'))).toContain('不得检查本单位及其上级');
  expect(said(await talk.says(coordinator, '指派 1 南湖区'))).toContain('本来就由南湖区政府承担');
  const done = await talk.says(coordinator, '指派 1 给 秀洲区');
  expect(said(done)).toContain('由南湖区政府改派给秀洲区政府');
  expect(lastTo(inspector, done)?.text).toContain('已改由秀洲区政府承担');
  expect(lastTo(other, done)?.text).toContain('检查海盐县政府');
  expect(await taskRow(talk, 1)).toMatchObject({ unit: 'xiuzhou' });
  expect(to(other, await talk.says(other, '我的任务'))[0]).toContain('您有2项任务');
  expect(to(inspector, await talk.says(inspector, '我的任务'))[0]).toContain('没有检查任务');
  expect(said(await talk.says(coordinator, '为什么 1'))).toContain('由南湖区政府改派给秀洲区政府');
  await talk.says(other, '收到 1');
  expect(said(await talk.says(coordinator, '撤销'))).toContain('已有人着手办理');
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'assignment.reassigned'`)).toHaveLength(1);
});

test('移交 of units: previewed, confirmed, undone', async () => {
  const talk = await stage();
  const asked = await talk.says(coordinator, '移交 南湖区 秀洲区');
  expect(said(asked)).toContain('拟将南湖区政府未上报的1项任务移交给秀洲区政府');
  expect((await taskRow(talk, 1))?.unit).toBe('nanhu');
  const done = await talk.taps(coordinator, lastTo(coordinator, asked), '确认');
  expect(said(done)).toContain('南湖区政府的1项任务已移交给秀洲区政府');
  expect((await taskRow(talk, 1))?.unit).toBe('xiuzhou');
  expect(said(await talk.says(coordinator, '撤销'))).toContain('已撤销“移交”');
  expect((await taskRow(talk, 1))?.unit).toBe('nanhu');
  expect((await talk.query(`SELECT given_to FROM assignment WHERE given_to IS NOT NULL`)).length).toBe(0);
});

test('移交 of people: roles and the checklist under way go on with the other, both are told, and it is kept', async () => {
  const talk = await stage();
  await enrol(talk, 'console:deputy', { role: 'liaison', unit: 'nanhu', title: '接任检查员' });
  await talk.says(inspector, '签到');
  await talk.says(inspector, '综合窗口');
  const asked = await talk.says(coordinator, '移交 @南湖区政府检查员 @接任检查员');
  expect(said(asked)).toMatch(/身份（检查员）移交给接任检查员：涉及未上报任务1项，未填完的检查表1份/u);
  const done = await talk.says(coordinator, '确认');
  expect(to('console:deputy', done)[0]).toContain('已移交给您：未上报任务1项，未填完的检查表1份');
  expect(to(inspector, done)[0]).toContain('已移交给接任检查员');
  expect(to('console:deputy', await talk.says('console:deputy', '继续')).join()).toMatch(/2\/\d+|综合窗口/u);
  expect(to(inspector, await talk.says(inspector, '我的任务'))[0]).toContain('需要相应的工作身份');
  const events = await talk.query(`SELECT kind FROM task_event`);
  expect(events).toEqual([{ kind: 'handed-over' }]);
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'people.handed-over'`)).toHaveLength(1);
});

test('暂停活动: asked first, told, no reminder meanwhile; 恢复活动 brings none afterwards', async () => {
  const talk = await stage();
  const asked = await talk.says(coordinator, '暂停活动');
  expect(said(asked)).toContain('未上报任务8项');
  const done = await talk.says(coordinator, '确认');
  expect(said(done)).toContain('已暂停');
  expect(to(inspector, done)[0]).toContain('恢复前不再提醒');
  expect(to(room, done)[0]).toContain('恢复前不再提醒');
  expect(said(await talk.says(coordinator, '暂停活动'))).toContain('已于');
  expect(said(await talk.says(coordinator, '催办'))).toContain('已暂停，期间不作提醒');
  expect(said(await talk.says(coordinator, '状态'))).toContain('期间不作提醒');
  talk.clock.set('2026-07-10T09:30:00+08:00');
  const remind = () => talk.during(() => sendDueReminders(talk.options, 100));
  expect(await remind()).toEqual([]);
  expect(said(await talk.says(coordinator, '为什么 1'))).toContain('活动暂停，未发送');
  await talk.says(coordinator, '恢复活动 确认');
  expect(await remind()).toEqual([]);
  talk.clock.set('2026-07-14T09:30:00+08:00');
  expect(to(inspector, await remind())).toHaveLength(1);
  expect(said(await talk.says(coordinator, '恢复活动'))).toContain('没有暂停');
});

test('结束活动: says what is open, ends it, asks for the group to be dissolved; undone it goes on', async () => {
  const talk = await stage();
  const asked = await talk.says(coordinator, '结束活动');
  expect(said(asked)).toContain('尚有未上报任务8项');
  const done = await talk.says(coordinator, '结束活动 确认');
  expect(to(room, done)[0]).toContain('请群主在留存必要资料后解散');
  talk.clock.set('2026-06-22T10:05:00+08:00');
  expect(said(await talk.says(coordinator, '撤销'))).toContain('已撤销“结束活动”');
  expect((await talk.query<{ status: string }>('SELECT status FROM campaign'))[0]?.status).toBe('published');
  await talk.says(coordinator, '结束活动 确认');
  talk.clock.set('2026-07-14T09:30:00+08:00');
  expect(await talk.during(() => sendDueReminders(talk.options, 100))).toEqual([]);
  expect(to(inspector, await talk.says(inspector, '我的任务'))[0]).toContain('没有检查任务');
});

test.each(['不', '不要', '取消', '算了', '不结束', 'no', 'cancel'])(
  '%s to the question of 结束活动 is a no, and a yes after it confirms nothing',
  async (no) => {
    const talk = await stage();
    const status = async () => (await talk.query(`SELECT status FROM campaign`))[0];
    await talk.says(coordinator, '暂停活动');
    await talk.says(coordinator, '结束活动');
    expect(said(await talk.says(coordinator, no))).toBe('好的，没有办理“结束活动”，一切照旧。');
    expect(said(await talk.says(coordinator, '确认'))).not.toContain('已');
    expect(await status()).toEqual({ status: 'published' });
    expect(await talk.query('SELECT 1 FROM campaign WHERE paused_at IS NOT NULL')).toEqual([]);
    // Nothing is asked any more: a no is talk again.
    expect(said(await talk.says(coordinator, no))).not.toContain('没有办理');
    expect(said(await talk.says(coordinator, '结束活动 确认'))).toContain('已结束');
  },
);

test('a no behind the word, in private and as a slash command; the other questions hear it too', async () => {
  const talk = await stage();
  for (const [asked, no] of [
    ['暂停活动', '暂停活动 不'],
    ['结束活动', '结束活动 取消'],
  ] as const) {
    await talk.says(coordinator, asked);
    expect(said(await talk.says(coordinator, no))).toBe(`好的，没有办理“${asked}”，一切照旧。`);
    expect(said(await talk.says(coordinator, '好的'))).not.toContain('已');
  }
  expect(said(await talk.says(coordinator, 'resume campaign no', { slash: true }))).toContain(
    '没有办理“恢复活动”',
  );
  expect(said(await talk.says(coordinator, '移交 南湖区 海宁市'))).toContain('确认');
  expect(said(await talk.says(coordinator, '不要了'))).toBe('好的，没有办理“移交”，一切照旧。');
  // Where there is an option for it, the command itself answers.
  talk.clock.set('2026-07-16T10:00:00+08:00');
  await talk.says(coordinator, '催办');
  expect(said(await talk.says(coordinator, '不'))).toBe('好的，没有发送。');
  await talk.says(coordinator, '好的');
  expect(await talk.query(`SELECT 1 FROM outbox WHERE key LIKE 'nudge:%'`)).toEqual([]);
  expect(await talk.query('SELECT status, paused_at FROM campaign')).toEqual([
    { status: 'published', paused_at: null },
  ]);
});

test('a refusal names the command in the language in which it is read', async () => {
  const talk = await stage();
  const inEnglish = ([heard]: Heard[]) => heard && post(heard.say, 'en').text;
  expect(inEnglish(await talk.says(coordinator, '暂停活动 不'))).toContain('"pause campaign" was not done');
  await talk.says(coordinator, '移交 南湖区 海宁市');
  expect(inEnglish(await talk.says(coordinator, '不'))).toContain('"reassign" was not done');
  expect(inEnglish(await talk.says(inspector, '催办'))).toContain('"remind" is for');
});

test('日报 on demand; 审计 tells an auditor who saw what, and nobody else', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-17T10:00:00+08:00');
  expect(said(await talk.says(coordinator, '日报'))).toContain('有8项任务逾期未报');
  await talk.query('UPDATE activity SET secret = true');
  await talk.says(inspector, '任务');
  await talk.says(liaison, '催办', { slash: true });
  await enrol(talk, 'console:auditor', { role: 'auditor', unit: null, title: '审计人员' });
  const seen = to('console:auditor', await talk.says('console:auditor', '审计')).join('\n');
  expect(seen).toMatch(/南湖区政府检查员查看了“交叉式抽查”/u);
  expect(seen).toMatch(/尝试使用“催办”，未获准/u);
  expect(said(await talk.says(coordinator, '审计'))).toContain('由审计人员使用');
});

test('a leading group reads the campaign without its secrets; an auditor with them', async () => {
  const talk = await stage();
  await enrol(talk, 'console:chief', { role: 'leader', unit: null, title: '领导小组' });
  await enrol(talk, 'console:auditor', { role: 'auditor', unit: null, title: '审计人员' });
  const ask = async (urn: string, words: string) => to(urn, await talk.says(urn, words)).join('\n');
  expect(await ask('console:chief', '状态')).toContain('已上报0/8');
  await talk.query('UPDATE activity SET secret = true');
  expect(await ask('console:chief', '状态')).not.toContain('交叉式抽查：');
  expect(await ask('console:chief', '谁还没报')).toContain('已全部上报');
  expect(await ask('console:auditor', '谁还没报')).toContain('未上报8项');
});

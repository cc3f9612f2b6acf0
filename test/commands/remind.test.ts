import { expect, test } from 'vitest';
import { sendDueReminders } from '../../src/conversation/remind.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';

const { coordinator, inspector, other, room } = cast;

const nudges = (talk: Talk) =>
  talk.query(`SELECT address, due_at FROM outbox WHERE key LIKE 'nudge:%' ORDER BY seq`);

test('nothing is due soon: nobody is reminded, nothing is asked', async () => {
  const talk = await stage();
  expect(await talk.says(coordinator, '催办')).toMatchObject([
    { text: '【窗口“办事难”集中整治交叉式抽查】没有逾期或临近期限的任务，无需催办。', options: [] },
  ]);
});

test('it asks first, then writes to each person once, and says who was left out', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const [asked] = await talk.says(coordinator, '催办');
  expect(asked?.text).toContain('逾期8项，临近期限0项，将私信提醒2人');
  expect(asked?.text).toContain('以下单位无人绑定，无法提醒：');
  expect(asked?.options).toEqual(['确认', '取消']);
  expect(await nudges(talk)).toEqual([]);
  const heard = await talk.taps(coordinator, asked, '确认');
  expect(heard.map(({ to }) => to)).toEqual([inspector, other, coordinator]);
  expect(heard[0]).toMatchObject({
    priority: 1,
    text: [
      '协调单位提醒：【窗口“办事难”集中整治交叉式抽查】以下任务请抓紧办理。',
      '1号：检查海盐县政府，2026年7月15日（周三）前完成，已逾期1天。下一步：到下一个窗口后回复“签到”。',
      '如有困难，请联系协调单位。',
    ].join('\n'),
  });
  expect(heard[2]?.text).toMatch(/^已私信提醒2人。\n以下单位无人绑定/);
});

test('the same person is not reminded by hand twice a day, but is the day after', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const [asked] = await talk.says(coordinator, '催办');
  await talk.taps(coordinator, asked, '确认');
  expect((await talk.says(coordinator, '催办'))[0]?.text).toMatch(
    /目前没有可以提醒的人。\n另有2人当天已经催办过/,
  );
  // An old button pressed again sends nothing either.
  expect((await talk.taps(coordinator, asked, '确认')).map(({ to }) => to)).toEqual([coordinator]);
  expect(await nudges(talk)).toHaveLength(2);
  talk.clock.set('2026-07-17T10:00:00+08:00');
  expect(await talk.says(coordinator, '催办 确认')).toHaveLength(3);
  expect(await nudges(talk)).toHaveLength(4);
});

test('two coordinators at once: the key lets one message through', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-16T10:00:00+08:00');
  await talk.says(coordinator, '催办 确认');
  await talk.query(`DELETE FROM outbox WHERE key LIKE 'nudge:%' AND address = $1`, [other]);
  expect((await talk.says(coordinator, '催办 确认')).map(({ to }) => to)).toEqual([other, coordinator]);
});

test('in quiet hours it goes out when they are over', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-15T22:30:00+08:00');
  const [asked] = await talk.says(coordinator, '催办');
  expect(asked?.text).toContain('现在是免打扰时段，将于7月16日08:00私信提醒2人。');
  const heard = await talk.taps(coordinator, asked, '确认');
  expect(heard[0]).toMatchObject({ to: inspector, dueAt: '2026-07-16T00:00:00.000Z' });
  talk.clock.set('2026-07-15T22:45:00+08:00');
  const again = await talk.says(coordinator, '催办 确认');
  expect(again.map(({ to }) => to)).toEqual([coordinator]);
  expect(again[0]?.text).toContain('另有2人当天已经催办过');
  // Read on the day after the due day.
  expect(heard[0]?.text).toContain('已逾期1天');
  talk.clock.set('2026-07-16T09:00:00+08:00');
  expect((await talk.says(coordinator, '催办'))[0]?.text).toContain('另有2人当天已经催办过');
});

test('cancelled, nothing goes out; asked in a room, the names stay private', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-14T10:00:00+08:00');
  const heard = await talk.says(coordinator, '催办', { room, addressed: true });
  expect(heard.map(({ to }) => to)).toEqual([coordinator, room]);
  expect(heard[0]?.text).toContain('逾期0项，临近期限8项');
  expect(heard[1]?.text).toBe('已私信回复。');
  expect((await talk.taps(coordinator, heard[0], '取消'))[0]?.text).toBe('好的，没有发送。');
  expect(await nudges(talk)).toEqual([]);
});

test('a question that was called off, by its button or in words, is not taken up by a later yes', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const [asked] = await talk.says(coordinator, '催办');
  await talk.taps(coordinator, asked, '取消');
  for (const yes of ['确认', '好的'])
    expect((await talk.says(coordinator, yes)).map(({ to }) => to)).toEqual([coordinator]);
  await talk.says(coordinator, '催办 南湖区');
  await talk.says(coordinator, '催办 取消');
  await talk.says(coordinator, '确认');
  expect(await nudges(talk)).toEqual([]);
});

test('what waits for the morning can be taken back, and only then is that said', async () => {
  const talk = await stage({ now: '2026-06-22T10:00:00+08:00' });
  talk.clock.set('2026-07-12T22:30:00+08:00');
  expect((await talk.says(coordinator, '催办 取消'))[0]?.text).toBe('好的，没有发送。');
  await talk.says(coordinator, '催办 确认');
  const waiting = `SELECT 1 FROM outbox WHERE key LIKE 'nudge:%'`;
  expect((await talk.query(waiting)).length).toBeGreaterThan(0);
  expect((await talk.says(coordinator, '催办 取消'))[0]?.text).toMatch(/^已撤回尚未发出的催办，涉及\d人。$/);
  expect(await talk.query(waiting)).toEqual([]);
});

test('撤销 takes back a reminder that waits for the morning, and says what is out already', async () => {
  const talk = await stage({ now: '2026-06-22T10:00:00+08:00' });
  const undone = async () => (await talk.says(coordinator, '撤销'))[0]?.text;
  talk.clock.set('2026-07-15T22:30:00+08:00');
  await talk.says(coordinator, '催办 确认');
  expect(await nudges(talk)).toHaveLength(2);
  expect(await undone()).toBe('已撤销催办：提醒尚未发出，已全部收回，涉及2人。');
  expect(await nudges(talk)).toEqual([]);
  expect(await undone()).toBe('没有可以撤销的操作。');
  // Nothing stands in the way of asking them after all.
  await talk.says(coordinator, '催办 确认');
  await talk.query(`UPDATE outbox SET status = 'sent' WHERE key LIKE 'nudge:%' AND address = $1`, [other]);
  expect(await undone()).toBe('尚未发出的提醒已收回，涉及1人；另有1人的提醒已经发出，不能收回。');
  expect(await nudges(talk)).toMatchObject([{ address: other }]);
  await talk.says(coordinator, '催办 确认');
  await talk.query(`UPDATE outbox SET status = 'sending' WHERE key LIKE 'nudge:%' AND address = $1`, [
    inspector,
  ]);
  expect(await undone()).toBe('“催办”的提醒已经发出，不能收回，未作改动。');
  expect(await nudges(talk)).toHaveLength(2);
});

test('撤销 leaves what another coordinator queued, and after ten minutes names the other way', async () => {
  const talk = await stage({ now: '2026-06-22T10:00:00+08:00' });
  talk.clock.set('2026-07-15T22:30:00+08:00');
  await talk.says(coordinator, '催办 确认');
  await talk.query(
    `UPDATE outbox SET created_at = created_at - interval '1 second' WHERE key LIKE 'nudge:%' AND address = $1`,
    [other],
  );
  expect((await talk.says(coordinator, '撤销'))[0]?.text).toContain('涉及1人');
  expect(await nudges(talk)).toMatchObject([{ address: other }]);
  await talk.says(coordinator, '催办 确认');
  talk.clock.set('2026-07-15T22:41:00+08:00');
  expect((await talk.says(coordinator, '撤销'))[0]?.text).toContain('可回复“催办 取消”收回');
  expect(await nudges(talk)).toHaveLength(2);
});

test('who has reported is left alone; an inspector may not remind', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-16T10:00:00+08:00');
  await talk.query('UPDATE assignment SET reported_at = now() WHERE number = 1');
  expect((await talk.says(coordinator, '催办 确认')).map(({ to }) => to)).toEqual([other, coordinator]);
  expect((await talk.says(inspector, '催办'))[0]?.text).toContain('“催办”由协调员使用');
});

test('why: what was decided, what comes next, and by what rule', async () => {
  const talk = await stage();
  expect((await talk.says(inspector, '为什么'))[0]?.text).toBe(
    [
      '1号任务：南湖区政府检查海盐县政府，2026年7月15日（周三）前完成，还有17个工作日。',
      '还没有到提醒的时候。',
      '下一次提醒：7月10日09:00（在此之前上报则不再提醒）。',
      '规则：截止前3个工作日、截止前1个工作日、截止当天、逾期后每个工作日，09:00提醒一次；21:00至08:00不打扰。',
    ].join('\n'),
  );
  for (const at of ['2026-07-10T09:00:00+08:00', '2026-07-16T09:00:00+08:00']) {
    talk.clock.set(at);
    while ((await sendDueReminders(talk.options, 50)) > 0);
  }
  talk.clock.set('2026-07-16T10:00:00+08:00');
  await talk.says(coordinator, '催办 确认');
  const mine = (await talk.says(inspector, '为什么？'))[0]?.text;
  expect(mine).toContain('7月10日09:00：截止前3个工作日，已发送给本单位1人');
  expect(mine).toContain('7月16日09:00：截止前1个工作日，服务中断而错过，未补发');
  expect(mine).toContain('7月16日09:00：逾期提醒，已发送给本单位1人');
  expect(mine).toContain('7月16日10:00：协调单位催办，已发送给您');
  expect(mine).toContain('下一次提醒：7月17日09:00');
  const theirs = (await talk.says(coordinator, '为什么 3'))[0]?.text;
  expect(theirs).toContain('3号任务：嘉善县政府检查南湖区政府');
  expect(theirs).toContain('7月10日09:00：截止前3个工作日，本单位无人绑定，未能发送');
});

test('why: asked without a number, of a task that is not theirs, after the report', async () => {
  const talk = await stage();
  expect((await talk.says(coordinator, '为什么'))[0]?.text).toContain('请写明任务编号');
  expect((await talk.says(inspector, '为什么 3'))[0]?.text).toContain('您没有编号为3的任务');
  await talk.query('UPDATE assignment SET reported_at = now(), remind_at = NULL');
  expect((await talk.says(inspector, '为什么'))[0]?.text).toContain('任务已上报，不再提醒。');
  await talk.query('UPDATE activity SET secret = true');
  expect((await talk.says(coordinator, '为什么 3'))[0]?.text).toContain('3号任务');
  await talk.query(`UPDATE membership SET unit_id = NULL WHERE role = 'coordinator'`);
  expect((await talk.says(coordinator, '为什么 3'))[0]?.text).toContain('您没有编号为3的任务');
});

import { expect, test } from 'vitest';
import { sendDueDigests } from '../../src/conversation/digest.ts';
import { sendDueReminders } from '../../src/conversation/remind.ts';
import { outbox } from './campaign-stage.ts';
import { cast, stage } from './stage.ts';

/** 应于7月15日前完成，7月20日前上报 (MDJ-3.5). */
const campaign = { file: 'mudanjiang-2018' };
const { coordinator } = cast;
const finish = '2026年7月15日（周三）';
const report = '2026年7月20日（周一）';
const head = 'console:inspector-1';

const at = async (now: string) => {
  const talk = await stage({ campaign, now: '2026-07-03T09:00:00+08:00' });
  talk.clock.set(now);
  return talk;
};

test('the room hears of both days', async () => {
  const talk = await stage({ campaign, now: '2026-07-03T09:00:00+08:00' });
  const [room] = (await outbox(talk, 'publish:')).filter(({ address }) => address.includes('room/'));
  expect(room?.text).toContain(`请于${finish}前完成（含当日），${report}前上报。`);
});

test('between the two days it is the work that is late: digest, reminder, status', async () => {
  const talk = await at('2026-07-16T10:00:00+08:00');
  await sendDueDigests(talk.options, 10);
  const [digest] = await outbox(talk, 'digest:');
  expect(digest?.text).toContain('有6项任务逾期未完成，报告尚未到期。');
  expect(digest?.text).not.toContain('逾期未报');
  expect(digest?.text).toContain(`完成逾期1天，报告应于${report}前上报`);
  await sendDueReminders(talk.options, 100);
  const [reminder] = (await outbox(talk, 'remind:')).filter(({ address }) => address === head);
  expect(reminder?.text).toBe(
    `提醒：市住房和城乡建设局主要负责同志走本单位流程的任务应于${finish}前完成，已逾期1天，尚未完成。请尽快完成，报告请于${report}前上报（含当日）；如有困难，请联系协调单位。\n下一步：先回复“事项”列出事项，开始时回复“走流程”加编号。`,
  );
  const status = (await talk.says(coordinator, '状态'))[0]?.text ?? '';
  expect(status).toContain(`${finish}前完成，${report}前上报，上报还有2个工作日。`);
  expect(status).toContain('逾期未完成6项（报告尚未到期）：');
  expect(status).not.toContain('逾期未上报');
});

test('between the two days: 催办 in the words of the mode, 为什么 with both days', async () => {
  const talk = await at('2026-07-16T10:00:00+08:00');
  const [asked] = await talk.says(coordinator, '催办');
  expect(asked?.text).toContain('逾期的任务中，6项是尚未完成，报告还未到期。');
  const nudge = (await talk.taps(coordinator, asked, '确认')).find(({ to }) => to === head)?.text ?? '';
  expect(nudge).toContain(`${finish}前完成（${report}前上报），完成已逾期1天，上报还有2个工作日。`);
  expect(nudge).toContain('下一步：先回复“事项”列出事项，开始时回复“走流程”加编号。');
  expect(nudge).not.toMatch(/签到|窗口/);
  const why = (await talk.says(head, '为什么'))[0]?.text ?? '';
  expect(why).toContain(`${finish}前完成（${report}前上报），完成已逾期1天`);
});

test('once both days are over, both are late; of finished work the report alone', async () => {
  const talk = await at('2026-07-21T10:00:00+08:00');
  await talk.query(
    `UPDATE assignment SET finish_on = due_on, due_on = report_on, report_on = NULL
     WHERE assignee_unit_id = (SELECT unit_id FROM membership m JOIN urn u USING (contact_id)
       WHERE u.urn = 'console:inspector-2' AND m.unit_id IS NOT NULL)`,
  );
  await sendDueDigests(talk.options, 10);
  const [digest] = await outbox(talk, 'digest:');
  expect(digest?.text).toContain('有6项任务逾期未报。');
  expect(digest?.text).toContain('：完成逾期6天，上报逾期1天');
  expect(digest?.text).toContain('：已完成，上报逾期1天');
  await talk.query(`INSERT INTO reminder (assignment_id, step, decision, people, at)
    SELECT id, 'report-before-1', 'sent', 1, now() FROM assignment WHERE finish_on IS NOT NULL`);
  const why = (await talk.says('console:inspector-2', '为什么'))[0]?.text ?? '';
  expect(why).toContain('上报：截止前1个工作日');
});

test('a hidden inspection with a day of its own is late with the work, its report is not', async () => {
  const talk = await stage();
  await talk.query(`UPDATE activity SET mode = 'covert', secret = true,
    coordinator_unit_id = (SELECT id FROM unit WHERE code = 'nanhu')`);
  await talk.query(
    `UPDATE membership SET unit_id = (SELECT id FROM unit WHERE code = 'nanhu') WHERE role = 'coordinator'`,
  );
  await talk.query(`UPDATE assignment SET due_on = '2026-07-02', report_on = '2026-07-15'`);
  await talk.query(`UPDATE campaign SET digest_at = '2026-07-14T01:00:00Z'`);
  talk.clock.set('2026-07-14T10:00:00+08:00');
  await sendDueReminders(talk.options, 100);
  expect((await outbox(talk, 'remind:'))[0]?.text).toContain(
    `应于2026年7月2日（周四）前完成，已逾期12天，尚未完成。请尽快完成，报告请于${finish}前上报（含当日）`,
  );
  await sendDueDigests(talk.options, 10);
  expect((await outbox(talk, 'digest:'))[0]?.text).toContain('有8项任务逾期未完成，报告尚未到期。');
});

test('催办 names the next step in the words of each mode', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' }, now: '2026-06-29T10:00:00+08:00' });
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const heard = await talk.says('console:coordinator', '催办 确认');
  const nudge = (who: string) => heard.find(({ to }) => to === `console:${who}`)?.text;
  expect(nudge('experience-1')).toContain('下一步：先回复“安排”和日期，每个体验日到窗口后回复“签到”。');
  const accompany = heard.filter(({ text }) => text.includes('全程陪同'));
  expect(accompany).not.toEqual([]);
  for (const { text } of accompany)
    expect(text).toContain('下一步：陪同下一件事项时回复“认领”和事项、窗口。');
});

test('in a room the coordinator hears how many are late with the work, without names', async () => {
  const talk = await at('2026-07-16T10:00:00+08:00');
  const heard = await talk.says(coordinator, '状态', { room: cast.room, addressed: true });
  const room = heard.find(({ to }) => to === cast.room)?.text;
  expect(room).toContain('逾期未完成6项（报告尚未到期），名单已私信协调员。');
});

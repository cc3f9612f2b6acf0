import { expect, test } from 'vitest';
import { forgetTraces } from '../../src/jobs/forgetting.ts';
import { exportOf } from '../../src/report/export.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { withWindows } from './draw-campaign.ts';

const { coordinator, inspector, citizen, other, room } = cast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');
const secretWords = '取号机坏了没人修';

interface Kept {
  task: number;
  unit: string | null;
  level: number;
  answers: object;
}

const kept = (talk: Talk) =>
  talk.query<Kept>(
    `SELECT n.number AS task, u.code AS unit, r.level, r.answers FROM rating r JOIN assignment n ON n.id = r.interview_for
     LEFT JOIN unit u ON u.id = r.unit_id WHERE r.source = 'interview' ORDER BY r.level DESC, r.answers::text`,
  );

/** Everything in which citizens' words could stand in clear, but for the rating itself. */
const traces = (talk: Talk, words: string) =>
  talk.query(
    `SELECT 'inbox' AS place FROM inbox WHERE body::text LIKE $1 UNION ALL SELECT 'outbox' FROM outbox WHERE say::text LIKE $1
     UNION ALL SELECT 'audit' FROM audit WHERE body::text LIKE $1
     UNION ALL SELECT 'draft' FROM interview_draft d WHERE position(convert_to(trim($1, '%'), 'UTF8') IN sealed) > 0`,
    [`%${words}%`],
  );

/** As if everything had gone out. */
const deliver = (talk: Talk) =>
  talk.query(`UPDATE outbox SET status = 'sent', sent_at = created_at WHERE status = 'waiting'`);

test('a line reads as several answers, is shown, and is kept once it is confirmed', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const shown = await talk.says(inspector, '访谈 满意 窗口3 等20分钟 无');
  expect(textOf(shown)).toContain('1. 满意、3号窗口、等候20分钟、无意见');
  expect(textOf(shown)).toContain('回复“确认”');
  expect(await kept(talk)).toEqual([]);
  expect(textOf(await talk.says(inspector, '确认'))).toBe('已登记访谈：满意（1号任务，累计1人）。');
  expect(await kept(talk)).toEqual([
    { task: 1, unit: 'window-3', level: 4, answers: { level: 4, 'waiting-minutes': 20 } },
  ]);
  // Once is once.
  expect(textOf(await talk.taps(inspector, shown[0], '确认登记'))).toContain('没有待确认的访谈');
  expect(await kept(talk)).toHaveLength(1);
});

test('several lines are several citizens; lines are added, corrected and taken away before they are confirmed', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const first = await talk.says(
    inspector,
    '访谈\n1. 满意 3号窗口 20分钟 无\n2. 不满意 4号窗口 态度差 等了半小时\n3. 满意2人\n4. 说不清楚',
  );
  expect(textOf(first)).toContain('1. 满意、3号窗口、等候20分钟、无意见');
  expect(textOf(first)).toMatch(/2\. 不满意、4号窗口、服务态度不好、等候30分钟、无意见\n3—4\. 满意、无意见/);
  expect(textOf(first)).toContain('第4行没有记下：请写明群众的评价');
  expect(textOf(first)).toContain('共4条还没有登记');
  expect(textOf(await talk.says(inspector, '访谈 非常满意 99号窗口 指示清楚'))).toContain(
    '5. 非常满意、99号窗口（名册里没有，写在意见里）、意见“指示清楚”',
  );
  expect(textOf(await talk.says(inspector, '第1条 基本满意'))).toContain(
    '1. 基本满意、3号窗口、等候20分钟、无意见',
  );
  // Reasons belong to those who were dissatisfied.
  expect(textOf(await talk.says(inspector, '第2条 满意 8号窗口'))).toContain(
    '2. 满意、8号窗口、等候30分钟、无意见',
  );
  expect(textOf(await talk.says(inspector, '第4条 删除'))).toContain('共4条还没有登记');
  expect(textOf(await talk.says(inspector, '第9条 满意'))).toContain('没有第9条，待登记的共4条');
  // What was shown first is not what would be kept now.
  expect(textOf(await talk.taps(inspector, first[0], '确认登记'))).toContain('共4条还没有登记');
  expect(await kept(talk)).toEqual([]);
  expect(textOf(await talk.says(inspector, '访谈 确认'))).toContain(
    '已登记4人的访谈：非常满意1人、满意2人、基本满意1人',
  );
  expect((await kept(talk)).map(({ unit, answers }) => [unit, answers])).toEqual([
    ['haiyan', { level: 5, comment: '99号窗口；指示清楚' }],
    ['window-8', { level: 4, 'waiting-minutes': 30 }],
    ['haiyan', { level: 4 }],
    ['window-3', { level: 3, 'waiting-minutes': 20 }],
  ]);
});

test('citizens’ words are nowhere in clear while they wait, and nowhere at all once that is over', async () => {
  for (const end of ['确认', '取消', null]) {
    const talk = await stage();
    await talk.says(inspector, `访谈 不满意 ${secretWords}`);
    await deliver(talk);
    expect(await traces(talk, secretWords)).toEqual([{ place: 'outbox' }]);
    expect(
      await talk.query('SELECT forget, session_id FROM outbox WHERE say::text LIKE $1', [`%${secretWords}%`]),
    ).toEqual([{ forget: true, session_id: null }]);
    if (end !== null) await talk.says(inspector, end);
    else {
      // Elsewhere than on the console page a message is forgotten as soon as it was sent: outbox-settle.sql.
      talk.clock.advance(3_600_001);
      await forgetTraces({ ...talk.options, machine: talk.clock });
      expect(textOf(await talk.says(inspector, '访谈 确认'))).toContain('没有待确认的访谈');
    }
    expect(await traces(talk, secretWords)).toEqual([]);
    expect(await talk.query('SELECT 1 FROM interview_draft')).toEqual([]);
    expect((await kept(talk)).map(({ answers }) => answers)).toEqual(
      end === '确认' ? [{ level: 2, comment: secretWords }] : [],
    );
  }
});

test('one plain level, too, is confirmed before it is kept', async () => {
  const talk = await stage();
  expect(textOf(await talk.says(inspector, '访谈 满意'))).toMatch(/1\. 满意、无意见\n共1条还没有登记/);
  expect(await kept(talk)).toEqual([]);
  expect(textOf(await talk.says(inspector, '确认'))).toContain('已登记访谈：满意');
  expect(await kept(talk)).toHaveLength(1);
});

test('after half an hour nothing can be confirmed, whether it was swept or not', async () => {
  const talk = await stage();
  await talk.says(inspector, '访谈 满意 等20分钟');
  talk.clock.advance(30 * 60_000 - 1);
  expect(textOf(await talk.says(inspector, '第1条 等30分钟'))).toContain('等候30分钟');
  talk.clock.advance(30 * 60_000);
  expect(textOf(await talk.says(inspector, '访谈 确认'))).toContain('没有待确认的访谈');
  expect(await kept(talk)).toEqual([]);
});

test('in the middle of a checklist 确认 is the interview’s, until the checklist asks again; other talk is nobody’s', async () => {
  const talk = await stage();
  await talk.says(inspector, '签到');
  await talk.says(inspector, '访谈 满意 等20分钟');
  expect(textOf(await talk.says(inspector, '确认'))).toContain('已登记访谈');
  await talk.says(inspector, '访谈 不满意 等20分钟');
  talk.clock.advance(1000);
  expect(textOf(await talk.says(inspector, '不动产登记窗口'))).toContain('窗口在哪里');
  await talk.says(inspector, '确认');
  expect(await kept(talk)).toHaveLength(1);
  expect(textOf(await talk.says(inspector, '访谈 确认'))).toContain('累计2人');
  // In a room somebody else's words are not theirs.
  await talk.says(inspector, '访谈 满意 等20分钟', { room });
  expect(await talk.says(other, '确认', { room })).toEqual([]);
  expect(textOf(await talk.says(inspector, '确认', { room }))).toContain('累计3人');
});

test('interviews of two tasks are not mixed', async () => {
  const talk = await stage();
  await talk.query(
    `UPDATE assignment SET assignee_unit_id = (SELECT assignee_unit_id FROM assignment WHERE number = 1) WHERE number = 2`,
  );
  expect(textOf(await talk.says(inspector, '访谈 1号 满意 等20分钟'))).toContain('（1号任务）');
  expect(textOf(await talk.says(inspector, '访谈 2号 满意 等5分钟'))).toContain('1号任务还有1条访谈没有确认');
  expect(textOf(await talk.says(inspector, '取消'))).toContain('1条访谈没有登记');
  expect(textOf(await talk.says(inspector, '访谈 2号 满意 等5分钟'))).toContain('（2号任务）');
});

test('nothing is kept for a task that was handed in meanwhile', async () => {
  const talk = await stage();
  await talk.says(inspector, '访谈 满意 等20分钟');
  await talk.query(`UPDATE assignment SET reported_at = now() WHERE number = 1`);
  expect(textOf(await talk.says(inspector, '确认'))).toContain('没有未上报的检查任务');
  expect(await talk.query('SELECT 1 FROM interview_draft')).toEqual([]);
  expect(await kept(talk)).toEqual([]);
});

test('in English', async () => {
  const talk = await stage({ campaign: { text: await withWindows() }, language: 'en' });
  const shown = textOf(await talk.says(inspector, 'interview: satisfied, window 3, waited 20 minutes, none'));
  expect(shown).toContain('1. Satisfied, ');
  expect(shown).toContain('waited 20 min');
  expect(textOf(await talk.says(inspector, 'line 1 dissatisfied'))).toContain('1. Dissatisfied');
  expect(textOf(await talk.says(inspector, 'confirm'))).toContain('Interview recorded: Dissatisfied');
});

test('who was asked at random is one rating with its own mark, and leaves nothing of who they are (JX-3.2 item 7)', async () => {
  const talk = await stage();
  for (const answer of ['评价', '满意', '10', '跳过', '不需要']) await talk.says(citizen, answer);
  await talk.says(inspector, `访谈 不满意 ${secretWords}`);
  expect(textOf(await talk.says(inspector, '确认'))).toContain('附原话');
  await talk.says(inspector, '访谈：满意');
  await talk.says(inspector, '确认');
  expect(await kept(talk)).toMatchObject([{ level: 4 }, { level: 2, answers: { comment: secretWords } }]);
  // What is mixed with later ones keeps its mark.
  await forgetTraces({ ...talk.options, machine: talk.clock });
  expect(await kept(talk)).toHaveLength(2);
  const status = textOf(await talk.says(coordinator, '状态'));
  expect(status).toContain('群众自主评价：不足5份');
  expect(status).toContain('检查员访谈群众：不足5份');
});

test.each([
  ['访谈 满意 满意 不满意', 3, '满意2人', '不满意1人'],
  ['访谈 满意3人，不满意1人', 4, '满意3人', '不满意1人'],
  ['访谈 1号 2人满意、1人非常不满意', 3, '满意2人', '非常不满意1人'],
  ['interview: satisfied 3, dissatisfied 1', 4, '满意3人', '不满意1人'],
])('%s is one rating for each of %d', async (words, people, ...told) => {
  const talk = await stage();
  expect(textOf(await talk.says(inspector, words))).toContain(`共${people}条还没有登记`);
  expect(await kept(talk)).toEqual([]);
  const heard = textOf(await talk.says(inspector, '确认'));
  for (const part of [`已登记${people}人的访谈`, `累计${people}人`, ...told]) expect(heard).toContain(part);
  expect(await kept(talk)).toHaveLength(people);
});

test('citizens asked on a hidden visit count for nobody until it is released (JX-4.4, JX-4.5)', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' } });
  const own = 'console:coordinator-covert';
  await talk.says(own, '派暗访 市委组织部 到 市公安局');
  await talk.query(
    `UPDATE membership SET unit_id = (SELECT id FROM unit WHERE code = 'party-organisation')
     WHERE contact_id = (SELECT contact_id FROM urn WHERE urn = 'console:accompany-2')`,
  );
  const [task] = await talk.query<{ number: number }>(
    `SELECT a.number FROM assignment a JOIN activity v ON v.id = a.activity_id AND v.hidden`,
  );
  expect(textOf(await talk.says('console:accompany-2', '访谈 满意'))).toContain('请写明是哪一项');
  await talk.says('console:accompany-2', `访谈 ${task?.number}号 不满意`);
  expect(textOf(await talk.says('console:accompany-2', '确认'))).toContain('累计1人');
  for (const who of [coordinator, own])
    expect(textOf(await talk.says(who, '状态'))).not.toContain('检查员访谈');
  const at = talk.clock.now().toISOString();
  expect(JSON.stringify(await exportOf(talk.database, 'jiaxing-2014-full', at))).not.toContain('"interview"');
  await talk.says(own, '公布 covert 确认');
  expect(textOf(await talk.says(coordinator, '状态'))).toContain('检查员访谈群众：不足5份');
});

test.each([
  ['访谈', '请写明群众的评价'],
  ['访谈 4', '请写明群众的评价'],
  ['访谈 还行吧不知道', '请写明群众的评价'],
  ['访谈 满意 身份证330402199001011234', '没有登记'],
  ['访谈 #77 满意', '77'],
  ['访谈 满意-2人', '人数没有看懂'],
  ['访谈 满意~3人', '人数没有看懂'],
  ['访谈 不满意人2', '人数没有看懂'],
  ['访谈 满意0人', '人数没有看懂'],
  ['访谈 满意 3人 窗口3', '人数没有看懂'],
  ['访谈 满意2-3人', '人数没有看懂'],
  ['interview: satisfied x2', '人数没有看懂'],
  ['访谈 满意 3 20 无', '“3 20”没有看懂'],
  ['访谈 确认', '没有待确认的访谈'],
  ['访谈 取消', '没有待确认的访谈'],
  ['访谈 第1条 满意', '没有待确认的访谈'],
  [`访谈 满意 ${'等'.repeat(501)}`, '500字以内'],
])('%s: %s', async (words, answer) => {
  const talk = await stage();
  expect(textOf(await talk.says(inspector, words))).toContain(answer);
  expect(await kept(talk)).toEqual([]);
  expect(await talk.query('SELECT 1 FROM interview_draft')).toEqual([]);
});

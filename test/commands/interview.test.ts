import { expect, test } from 'vitest';
import { forgetTraces } from '../../src/jobs/forgetting.ts';
import { exportOf } from '../../src/report/export.ts';
import { cast, type Heard, stage } from '../conversation/stage.ts';

const { coordinator, inspector, citizen } = cast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');
const secretWords = '等了四十分钟，取号机坏了';

test('who was asked at random is one rating with its own mark, and leaves nothing of who they are (JX-3.2 item 7)', async () => {
  const talk = await stage();
  for (const answer of ['评价', '满意', '10', '跳过', '不需要']) await talk.says(citizen, answer);
  expect(textOf(await talk.says(inspector, `访谈 不满意 ${secretWords}`))).toContain('附原话');
  await talk.says(inspector, '访谈：满意');
  const kept = () =>
    talk.query(
      `SELECT s.source, s.contact_id AS who, s.started_at = date_trunc('day', s.started_at, 'Asia/Shanghai') AS "byDay",
         n.number AS task, a.value FROM session s JOIN answer a ON a.session_id = s.id
       LEFT JOIN assignment n ON n.id = s.interview_for
       WHERE a.question IN ('level', 'comment') AND s.source = 'interview' AND a.id < 0 ORDER BY a.value::text`,
    );
  const row = { source: 'interview', who: null, byDay: true, task: 1 };
  const all = [secretWords, 2, 4].map((value) => ({ ...row, value }));
  expect(await kept()).toEqual(expect.arrayContaining(all));
  expect(await kept()).toHaveLength(all.length);
  // The message that told it is not kept beside the inspector's address, nor is it in any answer of ours.
  const said = await talk.query(
    `SELECT 1 FROM inbox WHERE body::text LIKE '%取号机%' UNION ALL SELECT 1 FROM outbox WHERE say::text LIKE '%取号机%'
     UNION ALL SELECT 1 FROM audit WHERE body::text LIKE '%取号机%'`,
  );
  expect(said).toEqual([]);
  // What is mixed with later ones keeps its mark.
  await forgetTraces({ ...talk.options, machine: talk.clock });
  expect(await kept()).toHaveLength(all.length);
  const status = textOf(await talk.says(coordinator, '状态'));
  expect(status).toContain('群众评价：1份');
  expect(status).toContain('检查员访谈群众：2人');
});

test.each([
  ['访谈 满意 满意 不满意', 3, '满意2人', '不满意1人'],
  ['访谈 满意3人，不满意1人', 4, '满意3人', '不满意1人'],
  ['访谈 1号 2人满意、1人非常不满意', 3, '满意2人', '非常不满意1人'],
  ['interview: satisfied 3, dissatisfied 1', 4, '满意3人', '不满意1人'],
])('%s is one rating for each of %d', async (words, people, ...told) => {
  const talk = await stage();
  const heard = textOf(await talk.says(inspector, words));
  for (const part of [`已登记${people}人的访谈`, `累计${people}人`, ...told]) expect(heard).toContain(part);
  const kept = await talk.query("SELECT 1 FROM session WHERE source = 'interview'");
  expect(kept).toHaveLength(people);
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
  expect(textOf(await talk.says('console:accompany-2', `访谈 ${task?.number}号 不满意`))).toContain(
    '累计1人',
  );
  for (const who of [coordinator, own])
    expect(textOf(await talk.says(who, '状态'))).not.toContain('检查员访谈');
  const at = talk.clock.now().toISOString();
  expect(JSON.stringify(await exportOf(talk.database, 'jiaxing-2014-full', at))).not.toContain('"interview"');
  await talk.says(own, '公布 covert 确认');
  expect(textOf(await talk.says(coordinator, '状态'))).toContain('检查员访谈群众：1人');
});

test.each([
  ['访谈', '请写明群众的评价'],
  ['访谈 4', '请写明群众的评价'],
  ['访谈 还行吧不知道', '请写明群众的评价'],
  ['访谈 满意 身份证330402199001011234', '没有登记'],
  ['访谈 #77 满意', '77'],
  [`访谈 满意 ${'等'.repeat(501)}`, '500字以内'],
])('%s: %s', async (words, answer) => {
  const talk = await stage();
  expect(textOf(await talk.says(inspector, words))).toContain(answer);
  expect(await talk.query(`SELECT 1 FROM session WHERE source = 'interview'`)).toEqual([]);
});

import { expect, test } from 'vitest';
import { commands } from '../../src/commands/registry.ts';
import { sentence } from '../../src/conversation/wording.ts';
import { cast, stage } from '../conversation/stage.ts';

const { coordinator } = cast;

test('of a list on one page no page is named, and of a page that there is not only that', async () => {
  const talk = await stage();
  const said = async (text: string) => (await talk.says(coordinator, text)).map((one) => one.text).join('\n');
  expect(await said('谁还没报')).toMatch(/】未上报8项：\n/u);
  expect(await said('谁还没报 2')).toMatch(/】未上报8项：\n没有第2页，共1页。$/u);
  expect(await said('谁 9')).toContain('没有第9页。');
  await talk.query(
    'INSERT INTO unit (campaign_id, code, name, kind) SELECT id, $1, to_jsonb($1::text), $2 FROM campaign',
    ['x', 'area'],
  );
  await talk.query(
    `INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on)
     SELECT v.id, s.id, x.id, '2026-07-10' FROM activity v, unit s, unit x WHERE x.code = 'x' AND s.code IN ('nanhu', 'xiuzhou', 'haiyan')`,
  );
  expect(await said('谁还没报')).toContain('】未上报11项（第1/2页）：');
});

test('of a task that is handed in nothing is said to be still to come', async () => {
  const talk = await stage();
  await talk.query('UPDATE assignment SET reported_at = now() WHERE number = 1');
  const [heard] = await talk.says(coordinator, '为什么 1');
  expect(heard?.text).toContain('任务已上报，不再提醒。');
  expect(heard?.text).not.toContain('还没有到提醒的时候');
});

test('every line of the help says what its command does, behind the same mark', () => {
  for (const { name, help } of commands) expect(sentence('zh-CN', help), name).toMatch(/\S —— \S/u);
});

import { expect, test } from 'vitest';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { enrol, to } from '../ledger/people.ts';
import { bothSay } from './both-say.ts';
import { visit } from './visit.ts';

const { coordinator, inspector } = cast;
const [one, other] = ['console:one', 'console:other'];
const task = { table: 'assignment', where: 'number = 1' };

test('of two coordinators who return a report in the same second one does, and the other is told', async () => {
  const talk = await stage();
  await enrol(talk, one, { role: 'coordinator', unit: null, title: '第二协调员' });
  for (let n = 0; n < 3; n += 1) await visit(talk, inspector);
  await talk.says(inspector, '确认上报');
  const heard = await bothSay(
    talk,
    [
      [coordinator, '退回上报 1 缺数据'],
      [one, '退回上报 1 缺数据'],
    ],
    task,
  );
  const answers = [...to(coordinator, heard), ...to(one, heard)].sort();
  expect(answers).toEqual([
    '1号任务的报告刚刚已被退回，无需再退。',
    '已退回1号任务（南湖区政府：检查海盐县政府），并告知检查员1人。提醒照常继续。',
  ]);
  expect(to(inspector, heard)).toHaveLength(1);
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'assignment.returned'`)).toHaveLength(1);
});

test('of two who release in the same second one does, and the other is told', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' } });
  for (const urn of [one, other])
    await enrol(talk, urn, { role: 'coordinator', unit: 'discipline', title: urn });
  const heard = await bothSay(
    talk,
    [
      [one, '公布 确认'],
      [other, '公布 确认'],
    ],
    {
      table: 'activity',
      where: `mode = 'covert'`,
    },
  );
  expect([...to(one, heard), ...to(other, heard)].sort()).toEqual([
    '“暗访式督查”刚刚已经公布，无需再公布。',
    '“暗访式督查”已公布。',
  ]);
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'activity.released'`)).toHaveLength(1);
});

async function withSecond(): Promise<Talk> {
  const talk = await stage();
  await enrol(talk, one, { role: 'coordinator', unit: null, title: '第二协调员' });
  return talk;
}

async function taskOf(talk: Talk) {
  const [row] = await talk.query<{ unit: string; due: string; given: string | null }>(
    `SELECT u.code AS unit, a.due_on AS due, a.given_due AS given
     FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE a.number = 1`,
  );
  return row;
}

/** Which of the two came first, by what each of them heard. */
function inOrder(
  heard: Heard[],
  isSecond: (text: string) => boolean,
): { first: string; second: string; late: string } {
  const [mine, theirs] = [coordinator, one].map((urn) => to(urn, heard)[0] ?? '') as [string, string];
  const lateIsMine = isSecond(mine);
  expect([mine, theirs].filter(isSecond)).toHaveLength(1);
  return lateIsMine
    ? { first: theirs, second: mine, late: coordinator }
    : { first: mine, second: theirs, late: one };
}

test('one task is given to two units at once: the second moves it on from the first, and both coordinators know', async () => {
  const talk = await withSecond();
  const heard = await bothSay(
    talk,
    [
      [coordinator, '指派 1 桐乡市'],
      [one, '指派 1 秀洲区'],
    ],
    task,
  );
  const { first, second, late } = inOrder(heard, (text) => text.includes('刚'));
  expect(first).toMatch(/1号任务（检查海盐县政府）由南湖区政府改派给(桐乡市|秀洲区)政府/);
  const unit =
    late === coordinator
      ? { code: 'tongxiang', name: '桐乡市政府', from: '秀洲区政府' }
      : { code: 'xiuzhou', name: '秀洲区政府', from: '桐乡市政府' };
  expect(second).toContain(`由${unit.from}改派给${unit.name}`);
  expect((await taskOf(talk))?.unit).toBe(unit.code);
  // Whoever was first is told by whom it was changed, and can't take back what is not theirs any more.
  const early = late === coordinator ? one : coordinator;
  expect(to(early, heard).join('\n')).toContain(`改派给${unit.name}`);
  expect(to(early, await talk.says(early, '撤销'))[0]).toContain('已有人着手办理');
  expect((await taskOf(talk))?.unit).toBe(unit.code);
});

test('a unit gives all its tasks to two others at once: the second finds nothing left, and undoing gives back what was taken', async () => {
  const talk = await withSecond();
  const heard = await bothSay(
    talk,
    [
      [coordinator, '移交 南湖区 桐乡市 确认'],
      [one, '移交 南湖区 秀洲区 确认'],
    ],
    task,
  );
  const { first, late } = inOrder(heard, (text) => text.includes('没有可以移交'));
  expect(first).toContain('1项');
  expect(await talk.query(`SELECT 1 FROM task_event WHERE kind = 'assigned'`)).toHaveLength(1);
  const early = late === coordinator ? one : coordinator;
  await talk.says(early, '撤销');
  expect((await taskOf(talk))?.unit).toBe('nanhu');
});

test('more time is given twice at once: the second counts from the first, and undoing the first leaves it', async () => {
  const talk = await withSecond();
  const heard = await bothSay(
    talk,
    [
      [coordinator, '延期 1 7月20日'],
      [one, '延期 1 7月20日'],
    ],
    task,
  );
  const { first } = inOrder(heard, (text) => !text.includes('延至2026年7月20日'));
  expect(first).toContain('由2026年7月15日（周三）延至2026年7月20日（周一）');
  expect((await taskOf(talk))?.due).toBe('2026-07-20');
  const early = first === to(one, heard)[0] ? one : coordinator;
  const late = early === one ? coordinator : one;
  const later = await talk.says(late, '延期 1 7月22日');
  expect(to(late, later)[0]).toContain('由2026年7月20日（周一）延至2026年7月22日（周三）');
  expect(to(late, later)[0]).toContain('刚');
  expect(to(early, later).join()).toContain('延至2026年7月22日');
  expect(to(early, await talk.says(early, '撤销'))[0]).toContain('不能撤销');
  expect(await taskOf(talk)).toMatchObject({ due: '2026-07-22', given: '2026-07-15' });
  expect(to(late, await talk.says(late, '撤销'))[0]).toContain('已撤销');
  expect(await taskOf(talk)).toMatchObject({ due: '2026-07-20', given: '2026-07-15' });
});

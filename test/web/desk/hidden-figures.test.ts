import { expect, test } from 'vitest';
import { prepareBackground } from '../../../src/jobs/background.ts';
import { photo } from '../../story/photo.ts';
import { wordsOf } from '../survey/house.ts';
import { enrol, type House, openHouse } from './house.ts';

const [office, centre, auditor] = ['console:office', 'console:centre', 'console:auditor'];
const room = 'console:room/inspection';
const leftOut = '保密检查的内容不在其中。';

/** One problem of a covert visit and one of the open inspection. */
async function bothFound(): Promise<House & { number: number }> {
  const house = await openHouse();
  await prepareBackground(house.database, house.log);
  await enrol(house, auditor, { role: 'auditor' });
  const files = [{ name: 'a.png', mime: 'image/png', bytes: photo(100) }];
  await house.says('console:team-a', '发现问题 暗访所见：柜台无人', { files });
  await house.says('console:inspector-east', '发现问题 西厅无人值守');
  const [row] = await house.query<{ number: number }>(
    `SELECT number FROM finding WHERE problem::text LIKE '%柜台无人%'`,
  );
  return { ...house, number: row?.number ?? 0 };
}

const answer = async (house: House, urn: string, words: string, how = {}) =>
  (await house.says(urn, words, how))
    .filter(({ to }) => to === urn)
    .map(({ text }) => text)
    .join('\n');

test.each([
  [office, 2, 5],
  [auditor, 2, 5],
  [centre, 1, 3],
] as const)('to %s status, lists, ledger and pages give the same figures', async (urn, problems, tasks) => {
  const { number, ...house } = await bothFound();
  const sees = urn !== centre;
  const status = await answer(house, urn, '状态');
  expect(status).toContain(`待整改问题：${problems}个。`);
  expect(status.includes('covert')).toBe(sees);
  const list = await answer(house, urn, '问题清单');
  expect(list).toContain(`待整改问题${problems}个`);
  const ledger = await answer(house, urn, '台账');
  expect(ledger).toMatch(new RegExp(`${problems}个`));
  expect([list, ledger].map((words) => words.includes('暗访所见：柜台无人'))).toEqual([sees, sees]);
  const west = await answer(house, urn, '台账 城西');
  expect(west.includes('暗访所见：柜台无人')).toBe(sees);
  const one = await answer(house, urn, `问题 ${number}`);
  if (sees) {
    expect(one).toContain('暗访所见：柜台无人');
    // Whoever could see it if it were released may not see it now.
    expect(one).toContain('公布前仅开展检查的单位、本项检查的协调单位和审计人员可见');
    expect(one).not.toContain('本单位可见');
  } else expect(one).toBe(`没有编号为${number}的问题，请核对编号。`);
  const browser = await house.as(urn);
  const page = await browser.get('/desk/c/mixed');
  expect(wordsOf(page)).toMatch(new RegExp(`未销号问题 ${problems} `));
  expect(wordsOf(page)).toContain(`已上报任务 0/${tasks} `);
  // Pictures have nothing of it, and say so to those who would look for it.
  expect(wordsOf(page).includes(leftOut)).toBe(sees);
  const finding = await browser.get(`/desk/c/mixed/findings/${number}`);
  expect(finding.status).toBe(sees ? 200 : 404);
  if (sees) expect(wordsOf(finding)).toContain('公布前仅开展检查的单位、本项检查的协调单位和审计人员可见');
  expect(wordsOf(finding)).not.toContain('本单位可见');
});

test('what leaves as a file or picture, or is told in a room, has nothing of it and says so to those alone who may know (JX-4.4)', async () => {
  const house = await bothFound();
  for (const [urn, knows] of [
    [office, true],
    [auditor, true],
    [centre, false],
  ] as const)
    for (const words of ['图 问题', '图 进度', '导出 台账', '导出 答案'])
      expect([urn, words, (await answer(house, urn, words)).includes(leftOut)]).toEqual([urn, words, knows]);
  const heard = await house.says(office, '状态', { room, addressed: true });
  const told = (to: string) => heard.filter((one) => one.to === to).map(({ text }) => text);
  expect(told(room).join('\n')).toContain('待整改问题：1个。');
  expect(told(room).join('\n')).not.toMatch(/保密|covert/);
  expect(told(office).join('\n')).toContain('群内的数字不含保密检查的内容');
});

import { expect, test } from 'vitest';
import { visit } from '../../commands/visit.ts';
import { cast } from '../../conversation/stage.ts';
import { putRight } from '../../ledger/people.ts';
import { wordsOf } from '../survey/house.ts';
import { openHouse } from './house.ts';

const { coordinator, inspector, liaison } = cast;
const at = '县行政服务中心 不动产登记窗口';

test('a problem tells the window that the checklist asked for, and its deadline also when it is closed', async () => {
  const house = await openHouse({});
  await visit(house, inspector, { name: at, onPost: false });
  for (const who of [coordinator, inspector]) {
    const told = (await house.says(who, '问题 1')).map(({ text }) => text).join('\n');
    expect(told).toContain(`地点：${at}。`);
  }
  const browser = await house.as(coordinator);
  const page = async () => wordsOf(await browser.get('/desk/c/jiaxing-2014/findings/1'));
  expect(await page()).toContain(`单位 海盐县政府 地点 ${at}`);
  await putRight(house);
  expect(await page()).toMatch(/期限 .*7月31日/);
  await house.says(coordinator, '核实 1');
  await house.says(coordinator, '销号 1');
  const closed = await page();
  expect(closed).toContain('进展 已销号');
  expect(closed).toMatch(/期限 (2026年)?7月31日/);
  const owner = await (await house.as(liaison)).get('/desk/c/jiaxing-2014/findings/1');
  expect(wordsOf(owner)).toContain(`地点 ${at}`);
});

test('what was seen outside a checklist has no place of its own', async () => {
  const house = await openHouse({});
  await house.says(inspector, '发现问题 综合窗口无人值守');
  const browser = await house.as(coordinator);
  expect(wordsOf(await browser.get('/desk/c/jiaxing-2014/findings/1'))).not.toContain('地点');
});

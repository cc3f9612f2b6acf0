import { expect, test } from 'vitest';
import { stage, type Talk } from '../conversation/stage.ts';
import { lastTo, ledgerCast } from './people.ts';

const { coordinator, inspector } = ledgerCast;

const good = '由大厅综合科负责，6月底前增设叫号机2台';

/** The seven points of Da’an, falling short in （一）, （三） and （五）. */
async function checked(): Promise<Talk> {
  const talk = await stage({ campaign: { file: 'daan-2018' } });
  await talk.says(inspector, '签到');
  for (const short of [true, false, true, false, true, false, false]) {
    await talk.says(inspector, '现状已如实填写');
    await talk.says(inspector, '跳过');
    await talk.says(inspector, short ? '是' : '否');
    if (!short) continue;
    await talk.says(inspector, '排队较长');
    await talk.says(inspector, '窗口数量不足');
  }
  return talk;
}

/** Says the measures in turn, and what the report’s own check finds. */
async function reported(talk: Talk, measures: string[]): Promise<string> {
  await talk.says(inspector, '上报');
  let shown = '';
  for (const said of measures) shown = lastTo(inspector, await talk.says(inspector, said))?.text ?? '';
  if (!shown.includes('核对')) shown = lastTo(inspector, await talk.says(inspector, '上报'))?.text ?? '';
  return shown;
}

const check = async (talk: Talk) => (await talk.says(coordinator, '核对台账'))[0]?.text;

test('核对台账 says of a self-check what its report says: measures given there answer to its problems (DA-3)', async () => {
  const talk = await checked();
  // Before it is handed in nobody but the unit knows of any measure.
  expect(await check(talk)).toBe('台账核对结果：\n有问题、无措施3个：1、2、3（编号）。');
  const skipped = Array.from({ length: 3 }, () => '跳过');
  const shown = await reported(talk, [good, '跳过', good, ...skipped, '跳过', '跳过']);
  expect(shown).toContain('有问题、没有措施：（五）“服务窗口设置不合理、排队等待时间长”仍有差距');
  expect(shown).not.toContain('没有措施：（一）');
  expect(await check(talk)).toContain('有问题、无措施3个');
  await talk.says(inspector, '确认上报');
  expect(await check(talk)).toBe('台账核对结果：\n有问题、无措施1个：3（编号）。');
});

test('measures of a report without a problem, and what they lack, are told under the unit’s name', async () => {
  const talk = await checked();
  const shown = await reported(talk, [
    good,
    good,
    good,
    '跳过',
    `${good}`,
    '跳过',
    '跳过',
    '近期进一步加强检查',
  ]);
  expect(shown).toContain('有措施、没有对应问题：（二）');
  await talk.says(inspector, '确认上报');
  const said = await check(talk);
  expect(said).toContain(
    '自查报告：\n· 有措施、没有对应问题：（二）“由大厅综合科负责，6月底前增设叫号机2台”',
  );
  expect(said).toContain('· “近期进一步加强检查”：没有写明责任人');
  expect(said).not.toContain('有问题、无措施');
});

import { expect, test } from 'vitest';
import { stage, type Talk } from '../conversation/stage.ts';
import { found, lastTo, ledgerCast, stateOf, to } from './people.ts';

const { coordinator, liaison } = ledgerCast;

const due = async (talk: Talk, number = 1): Promise<string | null> =>
  (
    await talk.query<{ due: string | null }>('SELECT due_on AS due FROM finding WHERE number = $1', [number])
  )[0]?.due ?? null;

async function three(): Promise<Talk> {
  const talk = await stage();
  for (const problem of ['窗口无人', '指示牌缺失', '设备损坏']) await found(talk, problem);
  return talk;
}

test('a day on a rest day is asked about before it is ordered: that day, or the workday before', async () => {
  const talk = await three();
  const [asked] = await talk.says(coordinator, '整改 1 7月19日 更换座椅');
  expect(asked?.text).toBe(
    '2026年7月19日（周日）是休息日，1号问题的期限仍定在这一天吗？是请回复“是”。\n也可提前到前一个工作日2026年7月17日（周五）。',
  );
  expect(asked?.options).toEqual(['仍定2026年7月19日（周日）', '提前到2026年7月17日（周五）']);
  expect(await stateOf(talk, 1)).toBeNull();
  let heard = await talk.taps(coordinator, asked, 1);
  expect(lastTo(liaison, heard)?.text).toContain('整改要求：更换座椅\n限期整改：请于2026年7月17日（周五）前');

  // Yes means that day, and what else was said is kept: here what it waits for.
  await talk.says(coordinator, '整改 2 待常务会议通过后，7月19日复查');
  heard = await talk.says(coordinator, '是');
  expect(lastTo(liaison, heard)?.text).toContain(
    '条件具备后整改（待常务会议通过后）；2026年7月19日（周日）复查进展',
  );
  expect(await due(talk, 2)).toBe('2026-07-19');
  // Nothing is asked about what is refused anyway.
  expect((await talk.says(coordinator, '整改 2 7月19日'))[0]?.text).toContain('改期限请回复“改期 2”');
});

test('a day that is over is said to be; several problems are ordered one by one', async () => {
  const talk = await three();
  const [past] = await talk.says(coordinator, '整改 1 6月20日 更换座椅');
  expect(past?.text).toContain('2026年6月20日（周六）已经过去。\n1号问题');
  expect(past?.options).toEqual(['2027-06-20', '立行立改', '5个工作日', '10个工作日', '15个工作日']);
  const heard = await talk.taps(coordinator, past, '立行立改');
  expect(lastTo(liaison, heard)?.text).toContain('整改要求：更换座椅\n立行立改');

  for (const said of ['整改 2,3 立行立改', '整改 2、3 立行立改', '整改 2，3号 立行立改'])
    expect((await talk.says(coordinator, said))[0]?.text).toBe(
      '一次下达一个问题的整改，请逐个下达：“整改 2 立行立改”“整改 3 立行立改”。现在还没有下达。',
    );
  expect([await stateOf(talk, 2), await stateOf(talk, 3)]).toEqual([null, null]);
  await talk.says(coordinator, '整改 2，7月10日 更换座椅');
  await talk.says(coordinator, '整改 3, 10 July 2026 new chairs');
  expect([await due(talk, 2), await due(talk, 3)]).toEqual(['2026-07-10', '2026-07-10']);
});

test('改期: a wrong day is put right with a reason, and the unit is told', async () => {
  const talk = await three();
  const [ordered] = to(coordinator, await talk.says(coordinator, '整改 1 8月10日 更换座椅'));
  expect(ordered).toContain('请回复“改期 1”加新的日期和理由');
  expect((await talk.says(coordinator, '改期 1 7月10日'))[0]?.text).toContain('请写明改期的理由');
  expect((await talk.says(coordinator, '改期 1'))[0]?.text).toContain('请写明新的期限和理由');
  expect((await talk.says(coordinator, '改期 1 6月20日 写错'))[0]?.text).toContain('已经过去');
  expect((await talk.says(liaison, '改期 1 9月10日 来不及'))[0]?.text).toContain('由协调员使用');
  expect(await due(talk)).toBe('2026-08-10');

  const [asked] = await talk.says(coordinator, '改期 1 7月19日 日期写错');
  const heard = await talk.taps(coordinator, asked, 1);
  expect(to(coordinator, heard)[0]).toBe(
    '1号问题（海盐县政府）的期限已由2026年8月10日（周一）改为2026年7月17日（周五），已告知该单位。\n限期整改：请于2026年7月17日（周五）前完成并回复（含当日），还有19个工作日。',
  );
  expect(to(liaison, heard)[0]).toBe(
    '1号问题（海盐县政府）的整改期限由2026年8月10日（周一）改为2026年7月17日（周五）：窗口无人\n理由：日期写错\n限期整改：请于2026年7月17日（周五）前完成并回复（含当日），还有19个工作日。',
  );
  expect(await due(talk)).toBe('2026-07-17');
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).toContain('更改期限（日期写错）');
});

test('before the order the unit is told to wait; 接收 is 接受; 我的任务 says how far, by when and what next', async () => {
  const talk = await three();
  for (const said of ['接受 1', '整改回复 1', '延期 1 7月20日 未到货'])
    expect((await talk.says(liaison, said))[0]?.text).toBe(
      '1号问题还没有下达整改，现在不需要办理。下达后会通知您。',
    );
  await talk.says(coordinator, '整改 1 7月10日');
  await talk.says(coordinator, '整改 2 7月31日');
  expect((await talk.says(liaison, '接收 2'))[0]?.text).toContain('已接受2号问题');
  expect((await talk.says(liaison, '我的任务'))[0]?.text).toBe(
    [
      '本单位有3个待整改问题：',
      '1号：窗口无人',
      '　　待接受；2026年7月10日（周五）前完成（含当日），还有14个工作日。请回复“接受 1”，有异议请回复“异议 1”加理由。',
      '2号：指示牌缺失',
      '　　已接受；2026年7月31日（周五）前完成（含当日），还有29个工作日。请回复“整改回复 2”填报。',
      '3号：设备损坏',
      '　　待下达整改，下达后会通知您。',
    ].join('\n'),
  );
});

import { expect, test } from 'vitest';
import { campaignText, load, publish } from '../conversation/campaign-stage.ts';
import { cast, type Heard, stage } from '../conversation/stage.ts';

const { coordinator, citizen, room } = cast;
const sample = '窗口“办事难”集中整治交叉式抽查';
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

/** The sample and, published a day later, another campaign with the same people. */
async function two() {
  const talk = await stage();
  talk.clock.advance(86_400_000);
  await publish(talk, await load(talk, await campaignText('minimal')));
  return talk;
}

test('of several campaigns one is talked about, the person says which, and every answer names it', async () => {
  const talk = await two();
  const newest = textOf(await talk.says(coordinator, '状态'));
  expect(newest).toContain('窗口互查');
  expect(newest).toContain('以上是【窗口互查】的情况。您还参与了1个方案，回复“方案”可以切换。');
  const [asked] = await talk.says(coordinator, '方案');
  expect(asked?.text).toContain('当前方案：【窗口互查】');
  expect(asked?.options).toHaveLength(2);
  const chosen = asked?.options.find((label) => label !== '窗口互查') ?? '';
  expect(textOf(await talk.taps(coordinator, asked, chosen))).toContain(`【${chosen}】`);
  expect(textOf(await talk.says(coordinator, '状态'))).toContain(`以上是【${chosen}】的情况`);
  expect(textOf(await talk.says(coordinator, '台账'))).toContain(`以上是【${chosen}】的情况`);
});

test('the code behind a command means that campaign, now and for what comes next', async () => {
  const talk = await two();
  for (const words of ['状态 jiaxing-2014', '台账 jiaxing-2014', '问题清单 jiaxing-2014'])
    expect(textOf(await talk.says(coordinator, words)), words).toContain(`以上是【${sample}】的情况`);
  expect(textOf(await talk.says(coordinator, '状态 JIAXING-2014', { slash: true }))).toContain('8');
  expect(textOf(await talk.says(coordinator, '催办 确认'))).toContain(sample);
  expect(textOf(await talk.says(coordinator, '状态 minimal'))).toContain('以上是【窗口互查】的情况');
  expect(textOf(await talk.says(coordinator, '状态'))).toContain('以上是【窗口互查】的情况');
  expect(textOf(await talk.says(coordinator, '方案 办事难'))).toContain(`都按【${sample}】`);
});

test('words with something else behind them are no command', async () => {
  const talk = await two();
  expect(textOf(await talk.says(coordinator, '状态 no-such'))).toContain('用法：状态');
  expect(textOf(await talk.says(coordinator, '方案 nowhere-1999'))).toContain('没有编号为“nowhere-1999”的');
});

test("a room's campaign stays what the room talks about", async () => {
  const talk = await two();
  await talk.says(coordinator, '方案 jiaxing-2014');
  expect(textOf(await talk.says(coordinator, '方案', { room, addressed: true }))).toContain('本群属于【');
});

test('with one campaign nothing is said about others', async () => {
  const talk = await stage();
  expect(textOf(await talk.says(coordinator, '状态'))).not.toContain('回复“方案”');
  expect(textOf(await talk.says(coordinator, '方案'))).toContain('只有【');
});

test('a campaign that asks no citizens hides no survey of another; of two a citizen says which', async () => {
  const talk = await two();
  expect(textOf(await talk.says(citizen, '评价'))).toContain('1/3');
  await talk.says(citizen, '退出');
  const text = (await campaignText('jiaxing-2014')).replace('id: jiaxing-2014', 'id: jiaxing-again');
  await publish(talk, await load(talk, text));
  const [asked] = await talk.says(citizen, '评价');
  expect(asked?.text).toContain('请问您要评价哪一项服务？');
  expect(textOf(await talk.taps(citizen, asked, 1))).toContain('1/3');
});

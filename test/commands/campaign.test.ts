import { expect, test } from 'vitest';
import { campaignText, load, publish } from '../conversation/campaign-stage.ts';
import { cast, type Heard, stage } from '../conversation/stage.ts';
import { opened } from '../ledger/cases.ts';
import { found } from '../ledger/people.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;
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

test('a campaign is chosen by its number in the list, behind the word or alone', async () => {
  const talk = await two();
  const listed = textOf(await talk.says(coordinator, '方案'));
  expect(listed).toContain('1. 窗口互查（编号minimal）');
  expect(listed).toContain(`2. ${sample}（编号jiaxing-2014）`);
  expect(listed).toContain('例如“方案 2”');
  expect(textOf(await talk.says(coordinator, '2'))).toContain(`都按【${sample}】`);
  expect(textOf(await talk.says(coordinator, '方案 1'))).toContain('都按【窗口互查】');
  expect(textOf(await talk.says(coordinator, '方案2'))).toContain(`都按【${sample}】`);
  expect(textOf(await talk.says(coordinator, '方案 3'))).toContain('没有编号为“3”的');
});

test('rows of several campaigns name theirs; of one that was chosen the lists keep to it and say so', async () => {
  const talk = await two();
  const about = `以上是【${sample}】的情况`;
  for (const words of ['状态', '我的任务']) {
    const all = textOf(await talk.says(inspector, words));
    expect(all, words).toMatch(/【窗口互查】[\s\S]*检查海盐县政府.*【窗口“办事难”集中整治交叉式抽查】/u);
    expect(all, words).not.toContain('以上是');
  }
  const [asked] = await talk.says(inspector, '发现问题：排队叫号机坏了');
  expect(asked?.text).toMatch(/号：检查海盐县政府【窗口“办事难”集中整治交叉式抽查】/u);
  expect(asked?.text).toContain('【窗口互查】');
  await talk.says(inspector, '方案 2');
  for (const words of ['状态', '我的任务']) {
    const one = textOf(await talk.says(inspector, words));
    expect(one, words).toContain('检查海盐县政府');
    expect(one, words).toContain(about);
    expect(one, words).not.toContain('【窗口互查】');
  }
  expect(textOf(await talk.says(inspector, '发现问题：叫号机坏了'))).toContain('已登记');
});

test('a liaison of several campaigns sees the problems of the one that was chosen, else each with its campaign', async () => {
  const talk = await two();
  await talk.query(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT r.contact_id, u.campaign_id, u.id, 'liaison' FROM urn r, unit u
     WHERE r.urn = $1 AND u.id IN (SELECT target_unit_id FROM assignment) ON CONFLICT DO NOTHING`,
    [liaison],
  );
  await talk.query(
    `INSERT INTO finding (campaign_id, assignment_id, unit_id, problem, opened_at)
     SELECT v.campaign_id, a.id, a.target_unit_id, to_jsonb(v.title #>> '{}' || '的问题'), now()
     FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.number IN (1, 9)`,
  );
  const all = textOf(await talk.says(liaison, '问题清单'));
  expect(all).toContain('待整改问题2个');
  expect(all).toMatch(/【窗口互查】/u);
  expect(all).toContain(`【${sample}】`);
  const both = textOf(await talk.says(liaison, '我的任务'));
  expect(both).toMatch(/【窗口互查】/u);
  await talk.says(liaison, '方案 minimal');
  const one = textOf(await talk.says(liaison, '问题清单'));
  expect(one).toContain('待整改问题1个');
  expect(one).toContain('以上是【窗口互查】的情况');
  expect(one).not.toContain('办事难');
  const ledger = textOf(await talk.says(liaison, '台账'));
  expect(ledger).toContain('以上是【窗口互查】的情况');
  expect(ledger).not.toContain(`${sample}的问题`);
  expect(ledger).toContain(`【${sample}】中还有1个未销号的问题，回复“方案 jiaxing-2014”查看。`);
});

test('what is owed in another campaign is said, and an answer about one problem or case names its own campaign', async () => {
  const talk = await stage();
  await found(talk);
  await found(talk, '取号机坏了');
  await talk.says(coordinator, '整改 1 7月31日');
  const number = await opened(talk);
  talk.clock.advance(86_400_000);
  const text = (await campaignText('jiaxing-2014'))
    .replace('id: jiaxing-2014', 'id: jiaxing-again')
    .replace(sample, '第二轮抽查');
  await publish(talk, await load(talk, text));
  const owed = `【${sample}】中还有2个未销号的问题、1件未办结的差评，回复“方案 jiaxing-2014”查看。`;
  for (const words of ['台账', '差评']) {
    const heard = textOf(await talk.says(liaison, words));
    expect(heard, words).toContain('以上是【第二轮抽查】的情况');
    expect(heard, words).toContain(owed);
  }
  expect(textOf(await talk.says(liaison, `差评 ${number}`))).toContain(`以上是【${sample}】的情况`);
  expect(textOf(await talk.says(liaison, '问题清单'))).toContain(sample);
  await talk.says(liaison, '方案 jiaxing-2014');
  const heard = textOf(await talk.says(liaison, '台账'));
  expect(heard).toContain('取号机坏了');
  expect(heard).not.toContain('中还有');
});

import { expect, test } from 'vitest';
import { campaignText, load } from '../conversation/campaign-stage.ts';
import { cast, stage } from '../conversation/stage.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;

test('publishing tells what goes out and who is not reached; twice sends nothing twice', async () => {
  const talk = await stage({ campaign: { published: false } });
  const heard = await talk.says(coordinator, '发布');
  const answer = heard.find(({ to }) => to === coordinator);
  expect(answer?.text).toMatch(
    /^【窗口“办事难”集中整治交叉式抽查】已发布：任务8项；通知群1个、检查员2人。\n以下6个单位尚无检查员绑定，未能通知：/,
  );
  expect(answer?.text).toContain('嘉善县政府');
  expect(heard.filter(({ key }) => key?.startsWith('publish:')).map(({ to }) => to)).toEqual([
    room,
    inspector,
    cast.other,
  ]);
  expect((await talk.says(coordinator, '发布')).map(({ text }) => text)).toEqual([
    '【窗口“办事难”集中整治交叉式抽查】已于6月22日10:00发布，没有重复发送。回复“状态”查看进度。',
  ]);
});

test('in quiet hours it is published now and told in the morning', async () => {
  const talk = await stage({ now: '2026-06-21T22:00:00+08:00', campaign: { published: false } });
  const heard = await talk.says(coordinator, '发布');
  expect(heard.find(({ to }) => to === coordinator)?.text).toContain('通知将于6月22日08:00发出');
  expect(heard.find(({ to }) => to === inspector)?.dueAt).toBe('2026-06-22T00:00:00.000Z');
});

test('with two drafts it is asked which; only coordinators publish', async () => {
  const talk = await stage({ campaign: { published: false } });
  await talk.query(`UPDATE membership SET campaign_id = NULL, unit_id = NULL WHERE role = 'coordinator'`);
  talk.clock.advance(60_000);
  await load(talk, await campaignText('../test/campaign/three-halls'));
  expect((await talk.says(coordinator, '发布 nothing'))[0]?.text).toContain('没有编号为“nothing”的方案');
  expect((await talk.says(inspector, '发布'))[0]?.text).toContain('“发布”由协调员使用');
  const [asked] = await talk.says(coordinator, '发布');
  expect(asked?.text).toContain('minimal：窗口互查');
  expect(asked?.options).toEqual(['窗口互查', '窗口“办事难”集中整治交叉式抽查']);
  const heard = await talk.taps(coordinator, asked, '窗口互查');
  expect(heard.some(({ text }) => text.startsWith('【窗口互查】已发布'))).toBe(true);
  // The one that is left needs no asking, although another is published by now.
  expect((await talk.says(coordinator, '发布')).some(({ text }) => text.includes('抽查】已发布'))).toBe(true);
  expect(await talk.query(`SELECT 1 FROM campaign WHERE status = 'published'`)).toHaveLength(2);
});

test('a room is tied where it is said; tied again it says from what to what', async () => {
  const talk = await stage();
  await talk.query(`UPDATE membership SET campaign_id = NULL, unit_id = NULL WHERE role = 'coordinator'`);
  expect((await talk.says(coordinator, '绑定群'))[0]?.text).toContain('请在要绑定的群里');
  const group = 'wechat:group@@1';
  const how = { room: group, addressed: true };
  const heard = await talk.says(coordinator, '绑定群', how);
  expect(heard[0]?.text).toBe(
    '本群已用于【窗口“办事难”集中整治交叉式抽查】。\n用途：检查组。任务通知会发到这里，可直接回复“收到”“签到”。',
  );
  // The campaign was published before: what other rooms were told then, this one is told now, and once.
  expect(heard.map(({ to, key }) => [to, key?.split(':')[0]])).toEqual([
    [group, undefined],
    [group, 'publish'],
  ]);
  expect(heard[1]?.text).toContain('共8项任务');
  expect((await talk.says(inspector, '收到', { room: group }))[0]?.text).toContain('已确认');
  await load(talk, await campaignText('../test/campaign/three-halls'));
  const [asked] = await talk.says(coordinator, '绑定群 大厅', how);
  expect(asked?.options).toHaveLength(2);
  expect((await talk.taps(coordinator, asked, '窗口互查', how))[0]?.text).toBe(
    '本群原用于【窗口“办事难”集中整治交叉式抽查】，现改为【窗口互查】。\n用途：办事大厅。群众回复“评价”即可评价服务。\n请注意：本群原用途为检查组，任务通知不再发到这里。',
  );
  expect((await talk.says(coordinator, '绑定群 jiaxing-2014', how))[0]?.text).toContain(
    '本群原用于【窗口互查】',
  );
  expect((await talk.says(coordinator, '绑定群 nowhere', how))[0]?.text).toContain(
    '没有编号为“nowhere”的方案',
  );
  expect(await talk.query('SELECT purpose FROM room WHERE urn = $1', [group])).toEqual([
    { purpose: 'inspection' },
  ]);
});

test('a room is spoken to in the language of whoever ties it', async () => {
  const talk = await stage();
  const group = 'slack:T1/C1';
  await talk.says(coordinator, 'language English');
  await talk.says(coordinator, 'tie room', { room: group, addressed: true });
  expect(await talk.query('SELECT language FROM room WHERE urn = $1', [group])).toEqual([{ language: 'en' }]);
});

test('what inspectors do is not done in the hall, before citizens', async () => {
  const talk = await stage();
  const { hall } = cast;
  expect(await talk.says(inspector, '签到', { room: hall })).toEqual([]);
  expect((await talk.says(inspector, '签到', { room: hall, addressed: true }))[0]?.text).toBe(
    '这里是办事大厅群。“签到”请私信我，或在检查组的群里说。',
  );
  expect((await talk.says(citizen, '评价', { room: hall })).length).toBeGreaterThan(0);
});

test.each<[string, string | null]>([
  ['ok', null],
  ['hi', null],
  ['status', 'en'],
  ['hello, can you help me', 'en'],
  ['好的', 'zh-CN'],
])('a first message %s tells the language %s', async (words, spoken) => {
  const talk = await stage();
  await talk.says('slack:T1/UNEW', words);
  const rows = await talk.query(
    `SELECT c.language FROM urn u JOIN contact c ON c.id = u.contact_id WHERE u.urn = 'slack:T1/UNEW'`,
  );
  expect(rows).toEqual([{ language: spoken }]);
});

test.each(['说中文', '中文', 'in English please', 'English'])(
  '%s is enough to be spoken to so',
  async (words) => {
    const talk = await stage();
    const [said] = await talk.says(inspector, words);
    const wanted = /english/i.test(words) ? 'en' : 'zh-CN';
    expect(said?.say.lines).toEqual([
      { key: 'commands:language.set', params: { language: { key: `commands:language.${wanted}` } } },
    ]);
  },
);

test('nobody else ties a room', async () => {
  const talk = await stage();
  const how = { room: 'wechat:group@@2', addressed: true };
  expect((await talk.says(inspector, '绑定群', how))[0]?.text).toContain('“绑定群”由协调员使用');
  expect(await talk.query('SELECT 1 FROM room WHERE urn = $1', [how.room])).toEqual([]);
});

test('the queue: numbers and counts, never words; a retried message is handled', async () => {
  const talk = await stage();
  expect((await talk.says(coordinator, '投递'))[0]?.text).toBe('没有未能处理或送达的消息。');
  await talk.says(citizen, '我的秘密');
  await talk.query(`UPDATE inbox SET status = 'dead', attempts = 3, fault = 'x' WHERE urn = $1`, [citizen]);
  await talk.query(`UPDATE outbox SET status = 'dead', fault = 'refused' WHERE address = $1`, [citizen]);
  await talk.query(`UPDATE outbox SET status = 'held' WHERE address = $1 AND key LIKE 'publish:%'`, [
    inspector,
  ]);
  const [shown] = await talk.says(coordinator, '投递');
  const [inbox] = await talk.query<{ seq: string }>(`SELECT seq FROM inbox WHERE status = 'dead'`);
  const [outbox] = await talk.query<{ seq: string }>(`SELECT seq FROM outbox WHERE status = 'dead'`);
  expect(shown?.text).toContain(`收到但处理失败1条：收${inbox?.seq}。`);
  expect(shown?.text).toContain(`未能送达1条：发${outbox?.seq}。`);
  expect(shown?.text).toContain('另有1条等对方先与我私聊后送达。');
  expect(shown?.text).not.toContain('秘密');
  const heard = await talk.says(coordinator, `投递 重试 收${inbox?.seq}`);
  expect(heard.map(({ to }) => to)).toEqual([coordinator, citizen]);
  expect(heard[0]?.text).toBe(`${inbox?.seq}号消息已重新排队。`);
  await talk.says(coordinator, `投递 重试 发${outbox?.seq}`);
  expect(await talk.query('SELECT status, attempts FROM outbox WHERE seq = $1', [outbox?.seq])).toEqual([
    { status: 'waiting', attempts: 0 },
  ]);
  expect((await talk.says(coordinator, '投递 重试 发999999'))[0]?.text).toContain('没有失败的999999号消息');
  expect((await talk.says(coordinator, 'queue whatever', { slash: true }))[0]?.text).toContain('重试请回复');
  expect((await talk.says(inspector, '投递'))[0]?.text).toContain('“投递”由协调员、运维人员使用');
});

test('after an outage all of the queue is tried again with one word', async () => {
  const talk = await stage();
  expect((await talk.says(coordinator, '投递 重试 全部'))[0]?.text).toBe('没有未能处理或送达的消息。');
  await talk.says(citizen, '你好');
  await talk.query(
    `UPDATE outbox SET status = 'dead', attempts = 300, fault = 'passing', failing_since = now() WHERE address = $1`,
    [citizen],
  );
  await talk.query(`UPDATE inbox SET status = 'dead', attempts = 3 WHERE urn = $1`, [citizen]);
  const [done] = await talk.says(coordinator, '投递 重试全部');
  expect(done?.text).toBe('共2条消息已重新排队。');
  const rows = await talk.query(
    'SELECT status, attempts, failing_since AS since FROM outbox WHERE address = $1',
    [citizen],
  );
  expect(rows[0]).toEqual({ status: 'waiting', attempts: 0, since: null });
  expect(await talk.query(`SELECT 1 FROM inbox WHERE status = 'dead'`)).toEqual([]);
  expect((await talk.says(coordinator, 'queue retry all', { slash: true }))[0]?.text).toBe(
    '没有未能处理或送达的消息。',
  );
});

test('a number that both queues know must say which', async () => {
  const talk = await stage();
  await talk.says(citizen, '你好');
  await talk.query(`UPDATE inbox SET status = 'dead', seq = 0 WHERE urn = $1`, [citizen]);
  await talk.query(`UPDATE outbox SET status = 'dead', seq = 0 WHERE address = $1`, [citizen]);
  expect((await talk.says(coordinator, '投递 重试 0'))[0]?.text).toContain('请写“收0”或“发0”');
  expect((await talk.says(coordinator, '投递 重试 发0'))[0]?.text).toContain('0号消息已重新排队');
  expect(await talk.query(`SELECT status FROM inbox WHERE seq = 0`)).toEqual([{ status: 'dead' }]);
});

test('language: with a word, by asking, and for somebody whose first message it is', async () => {
  const talk = await stage();
  const spoken = (urn: string) =>
    talk.query('SELECT c.language FROM urn u JOIN contact c ON c.id = u.contact_id WHERE u.urn = $1', [urn]);
  expect((await talk.says('wechat:first', '语言 English'))[0]?.text).toBe('好的，以后用英文与您交流。');
  expect(await spoken('wechat:first')).toEqual([{ language: 'en' }]);
  const [asked] = await talk.says('wechat:first', 'language');
  expect(asked?.options).toEqual(['中文', '英文']);
  await talk.taps('wechat:first', asked, '中文');
  expect(await spoken('wechat:first')).toEqual([{ language: 'zh-CN' }]);
  expect((await talk.says('wechat:first', '语言 法语'))[0]?.text).toContain('没有“法语”这种语言可选');
  for (const [word, language] of [
    ['英文', 'en'],
    ['zh', 'zh-CN'],
    ['EN', 'en'],
    ['chinese', 'zh-CN'],
  ])
    expect([await talk.says('wechat:first', `语言 ${word}`), await spoken('wechat:first')][1]).toEqual([
      { language },
    ]);
});

test('help: by role, short, in either language', async () => {
  const talk = await stage();
  const lines = async (urn: string) => (await talk.says(urn, '帮助'))[0]?.text.split('\n') ?? [];
  const stranger = await lines('wechat:stranger');
  expect(stranger).toEqual([
    '您可以这样说：',
    '评价 —— 评价办事服务（匿名，约1分钟）',
    '回执 <回执码> —— 查看您的评价办到哪一步',
    '回访我 <回执码> [联系方式] —— 请办理人员回访',
    '不用回访 <回执码> —— 删除留下的联系方式，评价仍保留',
    '评整改 <回执码> 满意|基本满意|不满意 —— 评价整改结果',
    '撤回评价 <回执码> —— 删除您的评价',
    '绑定 邀请码 —— 使用邀请码',
    '语言 —— 选择中文或英文',
    '帮助 —— 查看可以说的话',
  ]);
  const own = await lines(inspector);
  expect(own).toContain('检查员：');
  expect(own).toContain('上报 —— 检查完毕，提交情况');
  expect(own).not.toContain('发布 —— 发布已载入的方案');
  expect(own.filter((line) => line.startsWith('帮助'))).toHaveLength(1);
  expect(await lines(coordinator)).toContain('催办 —— 提醒逾期和临近期限的单位');
  expect(await lines(liaison)).not.toContain('签到 —— 到达窗口，开始填写检查表');
  await talk.says(inspector, '签到');
  expect((await lines(inspector)).at(-1)).toContain('上一题');
});

test('an unknown command names the nearest', async () => {
  const talk = await stage();
  expect((await talk.says(coordinator, '状况', { slash: true }))[0]?.text).toContain(
    '没有“状况”这个指令。您是不是想说：状态',
  );
});

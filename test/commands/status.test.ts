import { expect, test } from 'vitest';
import { cast, stage } from '../conversation/stage.ts';
import { enrol, ledgerCast } from '../ledger/people.ts';
import { rate, visit } from './visit.ts';

const { coordinator, inspector, other, liaison, citizen, room } = cast;
const texts = (heard: { text: string }[]) => heard.map(({ text }) => text);

test('a coordinator sees the whole campaign', async () => {
  const talk = await stage();
  await talk.says(inspector, '收到');
  expect(texts(await talk.says(coordinator, '状态'))).toEqual([
    [
      '【窗口“办事难”集中整治交叉式抽查】截至6月22日10:00的进度：',
      '交叉式抽查：已上报0/8，已确认1/8；2026年7月15日（周三）前完成，还有17个工作日。',
      '待整改问题：0个。',
      '群众自主评价：尚无。',
    ].join('\n'),
  ]);
});

test('who is late: by name in private, as a number in a room', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const [alone] = await talk.says(coordinator, '进度');
  expect(alone?.text).toContain('逾期未上报8项：');
  expect(alone?.text).toContain('南湖区政府');
  expect(alone?.text).toContain('已逾期1天');
  const heard = await talk.says(coordinator, '状态', { room });
  expect(heard.map(({ to }) => to)).toEqual([room, coordinator]);
  expect(heard[0]?.text).toContain('逾期未上报8项，名单已私信协调员');
  expect(heard[0]?.text).not.toContain('区政府');
  expect(heard[1]?.text).toContain('南湖区政府');
});

test('a slash command is answered to the one who gave it, with names', async () => {
  const talk = await stage();
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const heard = await talk.says(coordinator, 'status', { room, slash: true });
  expect(heard).toMatchObject([{ to: room, only: coordinator }]);
  expect(heard[0]?.text).toContain('南湖区政府');
});

test('an inspector sees own tasks only, and what to do next', async () => {
  const talk = await stage();
  const own = (await talk.says(inspector, '状态'))[0];
  expect(own?.text).toBe(
    '您的任务：已上报0/1。\n1号：检查海盐县政府，2026年7月15日（周三）前完成，还有17个工作日；已检查0个窗口（需3—5个）。请回复“收到”确认。',
  );
  await talk.says(inspector, '收到');
  expect((await talk.says(inspector, '状态'))[0]?.text).toContain('下一步：到下一个窗口后回复“签到”');
  for (let done = 0; done < 3; done += 1) await visit(talk, inspector);
  expect((await talk.says(inspector, '状态'))[0]?.text).toContain(
    '已检查3个窗口（需3—5个）。下一步：回复“上报”提交',
  );
  await talk.says(inspector, '确认上报');
  expect((await talk.says(inspector, '状态'))[0]?.text).toContain('已上报1/1');
  expect((await talk.says(coordinator, '状态'))[0]?.text).toContain('已上报1/8，已确认1/8');
});

test('in a room an inspector is answered in private', async () => {
  const talk = await stage();
  const heard = await talk.says(other, '状态', { room });
  expect(heard.map(({ to }) => to)).toEqual([other, room]);
  expect(heard[0]?.text).toContain('平湖市政府');
  expect(heard[1]?.text).toBe('已私信回复。');
});

test('anyone else is refused politely and told what to do', async () => {
  const talk = await stage();
  expect(texts(await talk.says(liaison, '状态'))).toEqual([
    '“状态”由协调员、检查员、单位负责人、领导小组、审计人员使用。回复“帮助”查看您可以说的话。',
  ]);
  for (const urn of [citizen, 'wechat:wxid_new'])
    expect(texts(await talk.says(urn, '状态'))).toEqual([
      '“状态”需要相应的工作身份。如已收到邀请码，请回复“绑定”加邀请码；如有疑问，请联系协调单位。',
    ]);
});

test('open findings are counted, withdrawn ones are not', async () => {
  const talk = await stage();
  await visit(talk, inspector, { accepted: 80 });
  await visit(talk, inspector, { accepted: 80 });
  await talk.query(`UPDATE finding SET status = 'withdrawn' WHERE number = 2`);
  expect((await talk.says(coordinator, '状态'))[0]?.text).toContain('待整改问题：1个。');
});

test('satisfaction is shown where five people or more stand behind it, with its levels and interval', async () => {
  const talk = await stage();
  for (let n = 0; n < 4; n += 1) await rate(talk, `wechat:citizen-${n}`, 0);
  const few = (await talk.says(coordinator, '状态'))[0]?.text;
  expect(few).toContain('群众自主评价：不足5份，不予显示。');
  expect(few).not.toContain('%');
  await rate(talk, 'wechat:citizen-4', 2);
  await rate(talk, 'wechat:citizen-5', 3);
  // One of six is negative, and one of the others fairly satisfied: each would be told something about.
  const hidden = (await talk.says(coordinator, '状态'))[0]?.text.split('\n').slice(-2);
  expect(hidden).toEqual(['群众自主评价：6份。', '为保护群众隐私，不足5份的项目不予显示。']);
  for (let n = 6; n < 10; n += 1) await rate(talk, `wechat:citizen-${n}`, 3);
  await rate(talk, 'wechat:citizen-10', 0);
  // 6 of 11, worked out by hand with Wilson's formula; with one who is fairly satisfied only this share is told.
  expect((await talk.says(coordinator, '状态'))[0]?.text.split('\n').slice(-3)).toEqual([
    '群众自主评价：11份，其中差评（不满意、非常不满意）5份。',
    '计入“基本满意”为54.5%，95%置信区间28%—78.7%。',
    '为保护群众隐私，不足5份的项目不予显示。',
  ]);
  for (let n = 11; n < 15; n += 1) await rate(talk, `wechat:citizen-${n}`, 2);
  expect((await talk.says(coordinator, '状态'))[0]?.text.split('\n').slice(-3)).toEqual([
    '群众自主评价：15份，其中差评（不满意、非常不满意）5份。',
    '满意率（非常满意、满意）33.3%，95%置信区间15.2%—58.3%。',
    '计入“基本满意”为66.7%，95%置信区间41.7%—84.8%。',
  ]);
});

test('an unfinished rating is no rating', async () => {
  const talk = await stage();
  const asked = (await talk.says('wechat:citizen', '评价')).at(-1);
  await talk.taps('wechat:citizen', asked, 4);
  expect((await talk.says(coordinator, '状态'))[0]?.text).toContain('群众自主评价：尚无。');
});

test('of what is secret another coordinator hears nothing, no number either, in private or in a room', async () => {
  const talk = await stage();
  await visit(talk, inspector, { accepted: 80 });
  await talk.query('UPDATE activity SET secret = true');
  talk.clock.set('2026-07-16T10:00:00+08:00');
  expect((await talk.says(coordinator, '状态'))[0]?.text).toMatch(/交叉式抽查：已上报0\/8[\s\S]*南湖区政府/);
  await talk.query(`UPDATE membership SET unit_id = NULL WHERE role = 'coordinator'`);
  const [alone] = await talk.says(coordinator, '状态');
  expect(alone?.text).toContain('待整改问题：0个。');
  expect(alone?.text).not.toMatch(/保密|已上报|交叉式抽查：|区政府|逾期/);
  const [shared] = await talk.says(coordinator, '状态', { room });
  expect(shared?.text).not.toMatch(/保密|已上报|区政府/);
  expect((await talk.says(inspector, '状态', { room }))[0]?.text).toBe('您目前没有检查任务。');
  expect((await talk.says(inspector, '状态'))[0]?.text).toContain('海盐县政府');
});

test('a draft is a draft', async () => {
  const talk = await stage({ campaign: { published: false } });
  expect((await talk.says(coordinator, '状态'))[0]?.text).toContain('已载入，尚未发布。回复“发布”开始。');
});

test('one unit: what it has to do, who comes to it, its problems; by the names that it goes by', async () => {
  const talk = await stage();
  await visit(talk, inspector, { accepted: 80 });
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const [haiyan] = await talk.says(coordinator, '状态 海盐县');
  expect(haiyan?.text.split('\n').slice(1)).toEqual([
    '海盐县政府：承担任务1项，已上报0项，逾期1项。',
    expect.stringMatching(/^5：海盐县政府，检查桐乡市政府，.*已逾期1天；该单位尚无检查员。$/u),
    '接受检查1项，已上报0项。',
    '待整改问题1个，其中超过期限0个。',
    '问题请回复“台账 海盐县政府”查看，群众评价请回复“结果 海盐县政府”查看。',
  ]);
  const heard = await talk.says(coordinator, '状态 海盐县政府', { room });
  expect(heard.map(({ to, text }) => [to, text])).toEqual([
    [coordinator, haiyan?.text],
    [room, '已私信回复。'],
  ]);
  const [typed] = await talk.says(coordinator, 'status 海盐', { room, slash: true });
  expect(typed?.text).toBe(haiyan?.text);
  expect((await talk.says(coordinator, '状态 海燕县政府'))[0]?.text).toContain('您是指海盐县政府');
  expect((await talk.says(inspector, '状态 海盐县'))[0]?.text).toContain('他人的任务请联系协调员');
});

test('a short name finds its unit; what is no name of one stays talk', async () => {
  const talk = await stage();
  for (const words of ['状态 海盐', '进展：海盐', 'status haiyan', 'duban status 海盐'])
    expect(texts(await talk.says(coordinator, words)).join(), words).toContain('海盐县政府');
  for (const words of ['进展 顺利', '状态 良好'])
    expect(texts(await talk.says(coordinator, words, { room })), words).toEqual([]);
});

test('the head of a unit asks about it and what is under it, and about no other', async () => {
  const talk = await stage();
  await enrol(talk, ledgerCast.head, { role: 'leader', unit: 'haiyan', title: '海盐县政府负责人' });
  await talk.query(
    `INSERT INTO unit (campaign_id, code, name, kind, parent_id)
     SELECT campaign_id, 'haiyan-hall', to_jsonb('海盐大厅'::text), 'hall', id FROM unit WHERE code = 'haiyan'`,
  );
  const ask = async (words: string) => texts(await talk.says(ledgerCast.head, words)).join();
  expect(await ask('状态 海盐')).toMatch(/海盐县政府[\s\S]*已上报0/u);
  expect(await ask('状态 海盐大厅')).toContain('海盐大厅');
  for (const words of ['状态 南湖区', '状态 嘉兴市', '状态 交叉式抽查'])
    expect(await ask(words), words).toContain('他人的任务请联系协调员');
});

test('one activity, by its code or its title; hidden it is as none for who may not know of it', async () => {
  const talk = await stage();
  await visit(talk, inspector, { accepted: 80 });
  talk.clock.set('2026-07-16T10:00:00+08:00');
  const [cross] = await talk.says(coordinator, '进度 交叉式抽查');
  expect(cross?.text).toMatch(/\n交叉式抽查：已上报0\/8.*\n逾期未上报8项：.*\n待整改问题：1个。$/u);
  expect((await talk.says(coordinator, '状态 抽查'))[0]?.text).toBe(cross?.text);
  for (const words of ['cross', '抽查'])
    expect((await talk.says(coordinator, `status ${words}`, { room, slash: true }))[0]?.text).toBe(
      cross?.text,
    );
  await talk.query('UPDATE activity SET secret = true');
  expect((await talk.says(coordinator, '状态 交叉式抽查'))[0]?.text).toBe(cross?.text);
  await talk.query(`UPDATE membership SET unit_id = NULL WHERE role = 'coordinator'`);
  const [unknown, none] = [
    (await talk.says(coordinator, '状态 交叉式抽查'))[0]?.text,
    (await talk.says(coordinator, '状态 陪同式检查'))[0]?.text,
  ];
  expect(unknown?.replace('交叉式抽查', '陪同式检查')).toBe(none);
  const [unit] = await talk.says(coordinator, '状态 海盐县');
  expect(unit?.text).toContain(
    '海盐县政府：承担任务0项，已上报0项，逾期0项。\n接受检查0项，已上报0项。\n待整改问题0个',
  );
});

test('what is said of how things go is an answer or talk, not a command', async () => {
  const talk = await stage();
  for (const words of ['进展 顺利', '状态 很好', 'progress so far is good'])
    expect(await talk.says(coordinator, words, { room }), words).toEqual([]);
});

test('in English', async () => {
  const talk = await stage({ language: 'en' });
  expect((await talk.says(coordinator, 'status'))[0]?.text).toBe(
    [
      '"Cross-inspection of service windows" as of 22 June 10:00:',
      'Cross-inspection: handed in 0 of 8, confirmed 0 of 8; by the end of Wed 15 July 2026, workdays left: 17.',
      'Open problems: 0.',
      "Ratings of people's own accord: none yet.",
    ].join('\n'),
  );
});

test('a year whose rest days are unknown is marked provisional', async () => {
  const talk = await stage();
  await talk.query(`UPDATE activity SET due_on = '2035-01-10'`);
  await talk.query(`UPDATE assignment SET due_on = '2035-01-10'`);
  expect((await talk.says(coordinator, '状态'))[0]?.text).toContain('2035年放假安排尚未公布，工作日为暂计。');
  expect((await talk.says(inspector, '任务'))[0]?.text).toContain('2035年放假安排尚未公布，工作日为暂计。');
});

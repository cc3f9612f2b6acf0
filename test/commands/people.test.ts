import { expect, test } from 'vitest';
import { alphabet, newCode, normaliseCode } from '../../src/short-code.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { photo, visit } from './visit.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;
const newcomer = 'wechat:wxid_new';

/** The code in what the bot said. */
function codeIn(heard: Heard[]): string {
  return /(?:邀请码：|Code: )([A-Z0-9]{6})/.exec(heard[0]?.text ?? '')?.[1] ?? expect.fail('no code');
}

const invite = async (talk: Talk, words: string) => codeIn(await talk.says(coordinator, `邀请 ${words}`));

const roles = (talk: Talk, urn: string) =>
  talk.query(
    `SELECT m.role, n.code AS unit FROM urn u JOIN membership m USING (contact_id) LEFT JOIN unit n ON n.id = m.unit_id
     WHERE u.urn = $1 ORDER BY m.created_at, m.role`,
    [urn],
  );

test('codes are six characters that nobody mistakes for one another', () => {
  const codes = Array.from({ length: 500 }, newCode);
  for (const code of codes) expect(code).toMatch(new RegExp(`^[${alphabet}]{6}$`));
  expect(new Set(codes).size).toBeGreaterThan(495);
  expect(alphabet).not.toMatch(/[0O1IL5S2Z8B]/);
  expect(normaliseCode(' ａｃｆ-3 47')).toBe('ACF347');
});

test('a coordinator invites by name, alias or code; the answer is private and tells how', async () => {
  const talk = await stage();
  for (const words of ['检查员 嘉善县政府', '检查员 嘉善', 'inspector jiashan', '检查员嘉善县'])
    expect((await talk.says(coordinator, `邀请 ${words}`))[0]?.text).toMatch(
      /^邀请码：[A-Z0-9]{6}（窗口“办事难”集中整治交叉式抽查，嘉善县政府，检查员）。\n请转告对方：私聊我，回复“绑定 [A-Z0-9]{6}”。\n只能使用一次，14天内有效。$/,
    );
  const heard = await talk.says(coordinator, '邀请 联络员 平湖', { room, addressed: true });
  expect(heard.map(({ to }) => to)).toEqual([coordinator, room]);
  expect(heard[1]?.text).not.toMatch(/[A-Z0-9]{6}/);
  expect((await talk.says(coordinator, '邀请 协调员'))[0]?.text).toContain('协调员）');
});

test('a unit nobody knows: the nearest are offered, and a tap invites', async () => {
  const talk = await stage();
  const [asked] = await talk.says(coordinator, '邀请 检查员 海盐县人民政府');
  expect(asked?.text).toContain('没有找到“海盐县人民政府”这个单位。是否为：海盐县政府');
  expect((await talk.taps(coordinator, asked, '海盐县政府'))[0]?.text).toContain('海盐县政府，检查员');
  expect((await talk.says(coordinator, '邀请 检查员 月球'))[0]).toMatchObject({ options: [] });
  expect((await talk.says(coordinator, '邀请 检查员'))[0]?.text).toBe(
    '请写明单位，例如“邀请 检查员 南湖区”。',
  );
  expect((await talk.says(coordinator, '邀请'))[0]?.text).toContain('第1步，共2步：邀请担任什么');
  expect(await talk.query('SELECT role FROM invite')).toEqual([{ role: 'inspector' }]);
});

test('inspectors and strangers invite nobody', async () => {
  const talk = await stage();
  expect((await talk.says(inspector, '邀请 检查员 嘉善'))[0]?.text).toContain('邀请他人请联系协调员');
  expect((await talk.says(citizen, '邀请 自己'))[0]?.text).toContain('需要相应的工作身份');
  expect(await talk.query('SELECT 1 FROM invite')).toEqual([]);
});

test('a code makes an inspector, who hears of the tasks at once', async () => {
  const talk = await stage();
  const code = await invite(talk, '检查员 嘉善');
  const heard = await talk.says(newcomer, `绑定 ${code.toLowerCase()}`);
  expect(heard[0]?.text).toBe(
    '绑定成功：窗口“办事难”集中整治交叉式抽查，嘉善县政府，检查员。\n任务发布后会通知您；回复“我的任务”可随时查看。',
  );
  expect(heard[1]).toMatchObject({ to: newcomer, options: ['收到'] });
  expect(heard[1]?.text).toContain('请嘉善县政府检查南湖区政府');
  expect((await talk.taps(newcomer, heard[1], '收到'))[0]?.text).toContain('已确认：检查南湖区政府');
  expect(await roles(talk, newcomer)).toEqual([{ role: 'inspector', unit: 'jiashan' }]);
});

test('before the publication there is nothing to hear yet', async () => {
  const talk = await stage({ campaign: { published: false } });
  const code = await invite(talk, '检查员 嘉善');
  expect(await talk.says(newcomer, `绑定${code}`)).toHaveLength(1);
});

test('a code works once, for fourteen days; each fault is named', async () => {
  const talk = await stage();
  const used = await invite(talk, '联络员 嘉善');
  const old = await invite(talk, '联络员 嘉善');
  await talk.says(newcomer, `绑定 ${used}`);
  expect((await talk.says('wechat:late', `绑定 ${used}`))[0]?.text).toContain(`邀请码“${used}”已经用过`);
  expect((await talk.says('wechat:late', '绑定 AAAAAA'))[0]?.text).toContain(
    '没有“AAAAAA”这个邀请码。邀请码共6位',
  );
  expect((await talk.says('wechat:late', '绑定'))[0]?.text).toContain('请在“绑定”后面写邀请码');
  talk.clock.set('2026-07-06T10:00:01+08:00');
  expect((await talk.says('wechat:late', `绑定 ${old}`))[0]?.text).toContain('已过期');
  expect(await roles(talk, 'wechat:late')).toEqual([]);
});

test('the same code in the same instant: one of two gets it', async () => {
  const talk = await stage();
  const code = await invite(talk, '联络员 嘉善');
  const row = (urn: string) =>
    talk.query(
      `WITH c AS (INSERT INTO contact DEFAULT VALUES RETURNING id), u AS (INSERT INTO urn SELECT $1, id FROM c)
       SELECT 1`,
      [urn],
    );
  await row('wechat:a');
  await row('wechat:b');
  const message = (
    urn: string,
  ) => `INSERT INTO inbox (external_id, channel, urn, body, sent_at, received_at, status)
     VALUES ('${urn}', 'wechat', '${urn}', '{"kind":"text","text":"绑定 ${code}","addressed":true,"slash":false}',
       '2026-06-22T02:00:00Z', '2026-06-22T02:00:00Z', 'waiting')`;
  await talk.query(message('wechat:a'));
  await talk.query(message('wechat:b'));
  await talk.says(citizen, '帮助');
  expect([...(await roles(talk, 'wechat:a')), ...(await roles(talk, 'wechat:b'))]).toHaveLength(1);
  const said = [...(await talk.said('wechat:a')), ...(await talk.said('wechat:b'))].map(({ text }) => text);
  expect(said.filter((text) => text.includes('绑定成功'))).toHaveLength(1);
  expect(said.filter((text) => text.includes('已经用过'))).toHaveLength(1);
});

test('five wrong codes an hour, then nobody listens, not even to a right one, for an hour', async () => {
  const talk = await stage();
  const code = await invite(talk, '联络员 嘉善');
  for (let n = 0; n < 5; n += 1)
    expect((await talk.says(newcomer, '绑定 AAAAAA'))[0]?.text).toContain('没有“AAAAAA”');
  expect((await talk.says(newcomer, `绑定 ${code}`))[0]?.text).toContain('输错次数较多，请一小时后再试');
  expect((await talk.says('wechat:other', '绑定 AAAAAA'))[0]?.text).toContain('没有“AAAAAA”');
  talk.clock.set('2026-06-22T10:59:00+08:00');
  expect((await talk.says(newcomer, `绑定 ${code}`))[0]?.text).toContain('输错次数较多');
  talk.clock.set('2026-06-22T11:00:01+08:00');
  expect((await talk.says(newcomer, `绑定 ${code}`))[0]?.text).toContain('绑定成功');
  await talk.says(newcomer, '绑定 AAAAAA');
  expect(
    await talk.query('SELECT at FROM wrong_code JOIN urn USING (contact_id) WHERE urn = $1', [newcomer]),
  ).toHaveLength(1);
});

test('a code shown to a room is answered in private and spent, even when its sender is not listened to', async () => {
  const talk = await stage();
  const [first, second] = [await invite(talk, '联络员 嘉善'), await invite(talk, '联络员 嘉善')];
  const heard = await talk.says(newcomer, `绑定 ${first}`, { room: 'wechat:some-room' });
  expect(heard.map(({ to, text }) => [to, text.includes('绑定成功')])).toEqual([
    [newcomer, true],
    ['wechat:some-room', false],
  ]);
  for (let n = 0; n < 5; n += 1) await talk.says('wechat:guesser', '绑定 AAAAAA');
  await talk.says('wechat:guesser', `绑定 ${second}`, { room });
  for (const code of [first, second])
    expect((await talk.says('wechat:reader', `绑定 ${code}`))[0]?.text).toContain('已经用过');
});

test('bound twice to the same is still once', async () => {
  const talk = await stage();
  await talk.says(newcomer, `绑定 ${await invite(talk, '检查员 嘉善')}`);
  const heard = await talk.says(newcomer, `绑定 ${await invite(talk, '检查员 嘉善')}`);
  expect(heard[0]?.text).toContain('绑定成功');
  expect(await roles(talk, newcomer)).toEqual([{ role: 'inspector', unit: 'jiashan' }]);
  const told = await talk.query(`SELECT 1 FROM outbox WHERE key LIKE 'publish:%' AND address = $1`, [
    newcomer,
  ]);
  expect(told).toHaveLength(1);
});

test('one person, two addresses: the checklist goes on in the other channel', async () => {
  const talk = await stage();
  await talk.says(inspector, '签到');
  await talk.says(inspector, '不动产窗口');
  const code = codeIn(await talk.says(inspector, '邀请 自己'));
  expect((await talk.says(inspector, `绑定 ${code}`))[0]?.text).toContain('这就是您现在的账号');
  const again = codeIn(await talk.says(inspector, '邀请自己'));
  const heard = await talk.says('slack:T1/U9', `bind ${again}`, { slash: true });
  expect(heard).toMatchObject([{ to: inspector }, { to: 'slack:T1/U9' }]);
  expect(heard[0]?.text).toContain('您的另一个账号（Slack）已用邀请码绑定为您本人');
  expect((await talk.says('slack:T1/U9', '任务'))[0]?.text).toContain('海盐县政府');
  expect((await talk.says('slack:T1/U9', '跳过')).at(-1)?.text).toContain('两集中两到位');
  expect((await talk.says(inspector, '已落实')).at(-1)?.text).toContain('既受理又办理');
  expect(
    await talk.query(`SELECT DISTINCT contact_id FROM urn WHERE urn IN ('slack:T1/U9', $1)`, [inspector]),
  ).toHaveLength(1);
});

test('joining moves roles, reports and waiting messages, and leaves nothing behind', async () => {
  const talk = await stage();
  await talk.says(newcomer, `绑定 ${await invite(talk, '检查员 嘉善')}`);
  await talk.says(newcomer, `绑定 ${await invite(talk, '检查员 南湖')}`);
  await talk.says(newcomer, '发现问题 #3 没人', { files: [photo] });
  const [gone] = await talk.query<{ id: string }>('SELECT contact_id AS id FROM urn WHERE urn = $1', [
    newcomer,
  ]);
  const code = codeIn(await talk.says(inspector, '邀请 自己'));
  // What could not reach either of them anywhere goes out now, to where the person has just written from.
  await talk.query(`UPDATE outbox SET status = 'held' WHERE key LIKE 'publish:%' AND contact_id IS NOT NULL`);
  // Both have a part: a slip must not make them one.
  expect((await talk.says(newcomer, `绑定 ${code}`))[0]?.text).toContain(
    `您这个账号已有身份（检查员）。合并后两个账号成为同一人，不能撤销。确定合并请回复“绑定 ${code} 合并”。`,
  );
  expect(await roles(talk, inspector)).toHaveLength(1);
  await talk.query(
    `INSERT INTO task_event (assignment_id, seq, at, by_contact, kind) SELECT id, 1, now(), $1, 'extended' FROM assignment LIMIT 1`,
    [gone?.id],
  );
  await talk.query(
    `INSERT INTO snapshot (id, kind, campaign_id, name, mime, at, made_by, rows, size, sha256)
     SELECT 'ABCDEFGH', 'ledger', id, '', '', now(), $1, 0, 0, '' FROM campaign`,
    [gone?.id],
  );
  await talk.query(
    `INSERT INTO survey_code (code, campaign_id, kind, created_by, created_at) SELECT 'ABCDEFGHJK', id, 'unit', $1, now() FROM campaign`,
    [gone?.id],
  );
  await talk.says(newcomer, `绑定 ${code} 合并`);
  const released = await talk.query(
    `SELECT DISTINCT contact_id FROM outbox WHERE key LIKE 'publish:%' AND address = $1 AND status = 'waiting'`,
    [newcomer],
  );
  expect(released).toHaveLength(1);
  expect(await roles(talk, inspector)).toEqual(
    expect.arrayContaining([
      { role: 'inspector', unit: 'nanhu' },
      { role: 'inspector', unit: 'jiashan' },
    ]),
  );
  expect(await roles(talk, inspector)).toHaveLength(2);
  expect(await talk.query('SELECT 1 FROM contact WHERE id = $1', [gone?.id])).toEqual([]);
  const [kept] = await talk.query<{ id: string; address: string }>(
    'SELECT c.id, c.address FROM urn u JOIN contact c ON c.id = u.contact_id WHERE u.urn = $1',
    [inspector],
  );
  expect(kept?.address).toBe(newcomer);
  expect(await talk.query('SELECT reported_by FROM finding')).toEqual([{ reported_by: kept?.id }]);
  expect(
    await talk.query('SELECT by_contact AS by FROM task_event UNION ALL SELECT made_by FROM snapshot'),
  ).toEqual([{ by: kept?.id }, { by: kept?.id }]);
  expect(await columnsWith(talk, gone?.id)).toEqual([]);
  const stuck = await talk.query<{ urn: string }>(
    `SELECT 1 FROM outbox o WHERE status = 'held' AND contact_id IN ($1, $2)`,
    [kept?.id, gone?.id],
  );
  expect(stuck).toEqual([]);
  expect((await talk.says(newcomer, '问题清单'))[0]?.text).toContain('没人');
});

test('the same questionnaire open at both: the one used last goes on', async () => {
  const talk = await stage();
  await talk.says(inspector, '评价');
  talk.clock.advance(60_000);
  const asked = (await talk.says(newcomer, '评价')).at(-1);
  await talk.taps(newcomer, asked, 0);
  const code = codeIn(await talk.says(inspector, '邀请 自己'));
  await talk.says(newcomer, `绑定 ${code}`);
  // Of the other nothing was submitted, so nothing of it is kept.
  expect(await talk.query('SELECT ended_at FROM session')).toEqual([{ ended_at: null }]);
  expect((await talk.says(inspector, '10')).at(-1)?.text).toContain('意见或建议');
});

test('a liaison bound by code is a liaison, and no more', async () => {
  const talk = await stage();
  await visit(talk, inspector, { accepted: 70 });
  await talk.says(newcomer, `绑定 ${await invite(talk, '联络员 海盐')}`);
  expect((await talk.says(newcomer, '任务'))[0]?.text).toContain('本单位有1个待整改问题');
  expect((await talk.says(newcomer, '签到'))[0]?.text).toContain('“签到”由检查员、单位负责人使用');
  expect((await talk.says(liaison, '状态'))[0]?.text).toContain('“状态”由');
});

/** Every column that holds this id, whatever it is called. */
async function columnsWith(talk: Talk, id: string | undefined): Promise<string[]> {
  const columns = await talk.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND udt_name = 'uuid'`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const rows = await talk.query(`SELECT 1 FROM "${table}" WHERE "${column}" = $1 LIMIT 1`, [id]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

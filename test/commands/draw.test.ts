import { expect, test } from 'vitest';
import { DrawRecord } from '../../src/campaign/draw/record.ts';
import { sha256 } from '../../src/campaign/draw/sha256.ts';
import { verifyRecord } from '../../src/campaign/draw/verify.ts';
import { checkMatrix } from '../../src/campaign/matrix.ts';
import { load, publish } from '../conversation/campaign-stage.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { withoutPairs, withWindows } from './draw-campaign.ts';

const { coordinator, inspector, other, liaison, room } = cast;

const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

/** The code that a coordinator was told. */
function codeIn(heard: Heard[]): string {
  const code = /抽签([0-9A-Z]{6})已登记|此前已登记，尚未抽取。抽签([0-9A-Z]{6})/.exec(textOf(heard));
  return code?.[1] ?? code?.[2] ?? expect.fail(textOf(heard));
}

async function recordOf(talk: Talk, code: string): Promise<DrawRecord> {
  const [row] = await talk.query<{ record: unknown }>('SELECT record FROM draw WHERE code = $1', [code]);
  return DrawRecord.parse(row?.record);
}

test('windows for a task: the hash first, then the register, the result and the seed', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const begun = await talk.says(coordinator, '抽签 窗口 1 5');
  const code = codeIn(begun);
  const [, commitment = ''] = /SHA-256为：([0-9a-f]{64})/.exec(textOf(begun)) ?? [];
  expect(textOf(begun)).toContain('为1号任务（南湖区政府检查海盐县政府）从全部窗口中抽取5个');
  const [sealed] = await talk.query<{ seed: string }>('SELECT seed FROM draw');
  expect(sha256(sealed?.seed ?? '')).toBe(commitment);
  expect(textOf(begun)).not.toContain(sealed?.seed);

  // The frame is what the register holds when the draw is made, not when it was begun.
  await talk.says(coordinator, `抽签 排除 ${code} 3号窗口`);
  const kept = await talk.says(coordinator, `抽签 排除 ${code} 3号窗口 原因：停业装修`);
  expect(textOf(kept)).toBe(`已记录：3号窗口不进入抽签${code}的名录（停业装修）。`);
  const drawn = await talk.taps(coordinator, begun[0], '抽取');
  const record = await recordOf(talk, code);
  expect(record).toMatchObject({
    algorithm: 'duban-draw-1',
    campaign: 'jiaxing-2014',
    activity: 'cross',
    commitment,
    seed: sealed?.seed,
    excluded: [{ id: 'window-3', name: '3号窗口', reason: { words: '停业装修' } }],
  });
  expect(record.frame.members.map(({ id }) => id)).toEqual(
    [1, 10, 11, 12, 2, 4, 5, 6, 7, 8, 9].map((number) => `window-${number}`),
  );
  expect(verifyRecord(record).differences).toEqual([]);
  const names =
    record.result.kind === 'sample' ? record.result.drawn.map((id) => `${id.slice(7)}号窗口`) : [];
  expect(names).toHaveLength(5);
  const [told, answer] = [
    drawn.find(({ to }) => to === inspector),
    drawn.find(({ to }) => to === coordinator),
  ];
  expect(answer?.text).toContain(`抽签${code}结果`);
  expect(answer?.text).toContain('名录共11个，移出1个，抽中5个');
  expect(answer?.text).toContain(`种子：${record.seed}\n记录指纹：${record.fingerprint}`);
  expect(answer?.text).toContain('已私信通知承担任务的检查员1人');
  for (const text of [told?.text, answer?.text])
    expect(text).toContain(names.map((name, index) => `${index + 1}. ${name}`).join('\n'));
  expect(drawn.map(({ to }) => to).sort()).toEqual([coordinator, inspector]);

  // Whoever asks again gets the same, and the register can't be changed any more.
  expect(textOf(await talk.says(coordinator, `抽签 抽取 ${code}`))).toContain(record.fingerprint);
  expect(await recordOf(talk, code)).toEqual(record);
  expect(textOf(await talk.says(coordinator, `抽签 排除 ${code} 4号窗口 原因：x`))).toContain('已经抽取');
  expect(textOf(await talk.says(coordinator, `抽签 查看 ${code}`))).toContain(record.fingerprint);
});

test('nobody tries seeds: a draw begun twice keeps its seed, and one made needs a reason to be made again', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const first = codeIn(await talk.says(coordinator, '抽签 窗口 1 3'));
  expect(codeIn(await talk.says(coordinator, '抽签 窗口 1 3'))).toBe(first);
  const changed = await talk.says(coordinator, '抽签 窗口 1 4');
  const second = codeIn(changed);
  expect(textOf(changed)).toContain(`原登记的抽签${first}尚未抽取，已作废`);
  expect(textOf(await talk.says(coordinator, `抽签 抽取 ${first}`))).toContain('已作废');
  await talk.says(coordinator, `抽签 抽取 ${second}`);
  const refused = await talk.says(coordinator, '抽签 窗口 1 4');
  expect(textOf(refused)).toContain(`已于6月22日10:00抽签（${second}）。确需重抽，请在后面写明原因`);
  const third = codeIn(await talk.says(coordinator, '抽签 窗口 1 4 原因：抽中的窗口已撤并'));
  await talk.says(coordinator, `抽签 抽取 ${third}`);
  expect(await recordOf(talk, third)).toMatchObject({ earlier: [second], reason: '抽中的窗口已撤并' });
  expect(textOf(await talk.says(coordinator, '抽签'))).toContain(`${first}（已作废）`);
  const audited = await talk.query<{ kind: string }>(
    `SELECT kind FROM audit WHERE kind LIKE 'draw.%' ORDER BY seq`,
  );
  expect(audited.map(({ kind }) => kind)).toEqual([
    'draw.begun',
    'draw.begun',
    'draw.void',
    'draw.made',
    'draw.begun',
    'draw.made',
  ]);
});

test('what can not be drawn is refused with what to do, and the seed stays sealed', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const says = async (text: string) => textOf(await talk.says(coordinator, text));
  expect(await says('抽签 窗口 1 9')).toBe('1号任务要求检查3—5个窗口，不能抽9个。请改为这个范围内的数量。');
  expect(await says('抽签 窗口 99 3')).toContain('没有99号任务');
  expect(await says('抽签 窗口 海延县 3')).toContain('是否为：海盐县');
  const many = codeIn(await talk.says(coordinator, '抽签 窗口 海盐县 20'));
  const refused = await says(`抽签 抽取 ${many}`);
  expect(refused).toBe(
    `抽签${many}未能抽取，种子仍然封存。名录只有12个，抽不出20个。请减少数量重新登记抽签，或先补齐名录。`,
  );
  const [row] = await talk.query<{ status: string; seed: string }>(
    `SELECT status, seed FROM draw WHERE code = $1`,
    [many],
  );
  expect(row?.status).toBe('begun');
  expect(refused).not.toContain(row?.seed);
  const empty = codeIn(await talk.says(coordinator, '抽签 窗口 平湖市 3'));
  expect(await says(`抽签 抽取 ${empty}`)).toContain('名录是空的');
  expect(await says('抽签 抽取 AAAAAA')).toContain('没有编号为“AAAAAA”的抽签');
});

test('by weight, as the file has it, and with a share of every kind', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const code = codeIn(await talk.says(coordinator, '抽签 窗口 海盐县 5 每类25% 加权'));
  await talk.says(coordinator, `抽签 抽取 ${code}`);
  const { frame, result } = await recordOf(talk, code);
  expect(frame.members.find(({ id }) => id === 'window-7')).toEqual({
    id: 'window-7',
    name: '7号窗口',
    kind: 'hall-1',
    weight: 7,
  });
  const drawn = result.kind === 'sample' ? result.drawn : [];
  const kinds = drawn.map((id) => frame.members.find((member) => member.id === id)?.kind);
  expect(kinds.filter((kind) => kind === 'hall-1').length).toBeGreaterThanOrEqual(2);
  expect(kinds.filter((kind) => kind === 'hall-2').length).toBeGreaterThanOrEqual(1);
});

test('inspectors and objects: own unit, own area, former unit and declared interest are kept apart', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  expect(textOf(await talk.says(inspector, '回避 海盐县社保大厅 原单位'))).toBe(
    '已记录：抽签时您不检查海盐县社保大厅（原工作单位）。',
  );
  expect(textOf(await talk.says(coordinator, '回避 秀洲区 1号窗口'))).toBe(
    '已记录：抽签时秀洲区政府不检查1号窗口（申请回避）。',
  );
  const both = codeIn(await talk.says(coordinator, '抽签 双随机 海盐县 100% 2人'));
  expect(textOf(await talk.says(coordinator, `抽签 抽取 ${both}`))).toContain('需要2名检查员');
  const code = codeIn(await talk.says(coordinator, '抽签 双随机 海盐县 100% 1人'));
  const drawn = textOf(await talk.says(coordinator, `抽签 抽取 ${code}`));
  const { result, frame } = await recordOf(talk, code);
  const teams = result.kind === 'teams' ? result.teams : [];
  const names = new Map(frame.inspectors.map(({ id, name }) => [id, name]));
  const who = (object: string) =>
    teams.filter((team) => team.object === object).map(({ inspectors }) => names.get(inspectors[0] ?? ''));
  expect(teams).toHaveLength(12);
  // Nanhu's inspector has worked in the second hall; Xiuzhou's are kept from the first window.
  for (const number of [9, 10, 11, 12])
    expect(who(`window-${number}`)).toMatchObject([{ 'zh-CN': '秀洲区政府检查员' }]);
  expect(who('window-1')).toMatchObject([{ 'zh-CN': '南湖区政府检查员' }]);
  expect(drawn).toContain('12号窗口：秀洲区政府检查员');
  expect(frame.inspectors.map(({ avoids }) => avoids)).toEqual(
    expect.arrayContaining([
      [
        { unit: 'hall-2', reason: 'former-unit' },
        { unit: 'nanhu', reason: 'own-unit' },
      ],
      [
        { unit: 'xiuzhou', reason: 'own-unit' },
        { unit: 'window-1', reason: 'interest' },
      ],
    ]),
  );
});

test('recusals are listed, and taken back only by whom they belong to', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  await talk.says(inspector, '回避 海盐县');
  await talk.says(coordinator, '回避 南湖区，平湖市');
  expect(textOf(await talk.says(inspector, '回避'))).toContain('1. 您：海盐县政府（申请回避）');
  expect(textOf(await talk.says(other, '回避'))).toContain('没有回避记录');
  const seen = textOf(await talk.says(coordinator, '回避'));
  expect(seen).toContain('1. 南湖区政府：平湖市政府（申请回避）');
  expect(seen).toContain('南湖区政府检查员：海盐县政府（申请回避）');
  expect(textOf(await talk.says(coordinator, '回避 撤回 2'))).toContain('没有序号为2的回避记录');
  expect(textOf(await talk.says(coordinator, '回避 撤回 1'))).toBe('已撤回：南湖区政府回避平湖市政府。');
  expect(textOf(await talk.says(inspector, '回避 撤回 1'))).toBe('已撤回：您回避海盐县政府。');
  expect(await talk.query('SELECT 1 FROM recusal WHERE withdrawn_at IS NULL')).toEqual([]);
  expect(await talk.query('SELECT 1 FROM recusal')).toHaveLength(2);
  expect(textOf(await talk.says(inspector, '回避 火星'))).toContain('没有找到“火星”');
  expect(textOf(await talk.says(liaison, '回避 海盐县'))).toContain('由检查员、协调员使用');
});

test('who inspects whom: drawn for a draft, and published as drawn', async () => {
  const talk = await stage({ campaign: { text: await withoutPairs(), published: false } });
  await talk.says(coordinator, '回避 南湖区 海盐县');
  expect(textOf(await talk.says(coordinator, '发布'))).toContain('交叉式抽查没有对查表');
  const begun = await talk.says(coordinator, '抽签 交叉 不互查 单圈', { room });
  expect(begun).toEqual([]);
  const addressed = await talk.says(coordinator, '抽签 交叉 不互查 单圈', { room, addressed: true });
  const code = codeIn(addressed);
  expect(addressed.map(({ to }) => to)).toEqual([room]);
  expect(textOf(addressed)).toContain('为【交叉式抽查】排定对查表（不互查）（单圈）');
  expect(textOf(await talk.says(coordinator, `抽签 排除 ${code} 南湖区 原因：x`))).toContain('不能移出单位');
  const drawn = await talk.says(coordinator, `抽签 抽取 ${code}`, { room, addressed: true });
  expect(drawn.map(({ to }) => to)).toEqual([coordinator, room]);
  expect(drawn[1]?.text).not.toContain('检查');
  const { result } = await recordOf(talk, code);
  const pairs = result.kind === 'matrix' ? result.pairs : [];
  expect(checkMatrix(pairs)).toMatchObject({ self: [], mutual: [], cycles: [8] });
  expect(pairs).not.toContainEqual({ inspector: 'nanhu', inspected: 'haiyan' });
  expect(textOf(await talk.says(coordinator, '发布'))).toContain('任务8项');
  const given = await talk.query<{ inspector: string; inspected: string }>(
    `SELECT s.code AS inspector, t.code AS inspected FROM assignment a JOIN unit s ON s.id = a.assignee_unit_id
     JOIN unit t ON t.id = a.target_unit_id ORDER BY a.number`,
  );
  expect(given).toEqual(pairs);
  const [stored] = await talk.query<{ pairs: unknown }>(
    `SELECT definition #> '{activities,0,pairs}' AS pairs FROM campaign`,
  );
  expect(stored?.pairs).toEqual(pairs);
  expect(textOf(await talk.says(coordinator, '抽签 交叉 原因：再来'))).toContain('没有等待排表');
});

test('a draw waits for the participants that are loaded, and one begun before publication is too late after it', async () => {
  const text = await withoutPairs();
  const talk = await stage({ campaign: { text, published: false } });
  const code = codeIn(await talk.says(coordinator, '抽签 交叉'));
  await talk.says(coordinator, `抽签 抽取 ${code}`);
  await load(talk, text.replace('participants: [nanhu, ', 'participants: ['));
  expect(textOf(await talk.says(coordinator, '发布'))).toContain('没有对查表');
  const again = codeIn(await talk.says(coordinator, '抽签 交叉 原因：参加单位有变'));
  await load(talk, text);
  expect(await publish(talk, talk.campaignId)).toMatchObject({ kind: 'published', assignments: 8 });
  expect(textOf(await talk.says(coordinator, `抽签 抽取 ${again}`))).toContain('已经发布，对查表不能再抽');
});

test('a draw of a hidden task is for its own coordinators, and one of no activity for whoever began it', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  await talk.query(
    `INSERT INTO contact (id, address, language) VALUES ('00000000-0000-4000-8000-000000000001', 'console:second', 'zh-CN')`,
  );
  await talk.query(
    `INSERT INTO urn (urn, contact_id) VALUES ('console:second', '00000000-0000-4000-8000-000000000001')`,
  );
  await talk.query(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT '00000000-0000-4000-8000-000000000001', c.id, u.id, 'coordinator'
     FROM campaign c JOIN unit u ON u.campaign_id = c.id AND u.code = 'pinghu'`,
  );
  const second = 'console:second';
  // No activity: preparing anything; the other coordinator learns nothing, not even that it is there.
  const own = codeIn(await talk.says(coordinator, '抽签 窗口 海盐县 3'));
  const nothing = async (code: string) =>
    textOf(await talk.says(second, `抽签 查看 ${code}`)).replace(code, '');
  expect(await nothing(own)).toBe(await nothing('AAAAAA'));
  const theirs = codeIn(await talk.says(second, '抽签 窗口 海盐县 3'));
  expect(theirs).not.toBe(own);
  expect(textOf(await talk.says(second, '抽签'))).not.toContain(own);

  await talk.query(`UPDATE activity SET secret = true`);
  const [task] = await talk.query<{ number: number }>(
    `SELECT number FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE u.code = 'nanhu'`,
  );
  const number = task?.number ?? 0;
  const begun = await talk.says(coordinator, `抽签 窗口 ${number} 3`, { room, addressed: true });
  const secret = codeIn(begun);
  expect(begun.filter(({ to }) => to === room).map(({ text }) => text)).toEqual(['已私信回复。']);
  expect(await nothing(secret)).toBe(await nothing('AAAAAA'));
  expect(textOf(await talk.says(second, `抽签 窗口 ${number} 3`))).toBe(
    textOf(await talk.says(second, '抽签 窗口 77777 3')).replace('77777', String(number)),
  );
  const drawn = await talk.says(coordinator, `抽签 抽取 ${secret}`, { room, addressed: true });
  expect(drawn.map(({ to }) => to).sort()).toEqual([coordinator, inspector, room]);
  expect(drawn.find(({ to }) => to === room)?.text).toBe('已私信回复。');
  const seen = await talk.query<{ kind: string; secret: string | null }>(
    `SELECT kind, secret FROM audit WHERE about = 'draw:${secret}' ORDER BY seq`,
  );
  expect(seen.map(({ kind, secret: of }) => [kind, of !== null])).toEqual([
    ['draw.begun', true],
    ['draw.made', true],
  ]);
});

test('what is begun in private has witnesses, who learn its hash and nothing else; it leads to no task and says so', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const alone = await talk.says(coordinator, '抽签 双随机 海盐县 3 1人');
  expect(alone.map(({ to }) => to)).toEqual([coordinator]);
  expect(textOf(alone)).toContain('目前没有其他协调员或领导小组成员可以见证');
  await talk.query(
    `WITH one AS (INSERT INTO contact (address) VALUES ('wechat:second') RETURNING id),
       urns AS (INSERT INTO urn (urn, contact_id) SELECT 'wechat:second', id FROM one)
     INSERT INTO membership (contact_id, role) SELECT id, 'coordinator' FROM one`,
  );
  const begun = await talk.says(coordinator, '抽签 双随机 海盐县 4 1人');
  const code = codeIn(begun);
  const [, commitment] = /SHA-256为：([0-9a-f]{64})/.exec(textOf(begun)) ?? [];
  const witness = begun.filter(({ to }) => to === 'wechat:second');
  expect(witness.map(({ text }) => text)).toEqual([
    `【窗口“办事难”集中整治交叉式抽查】抽签${code}已登记，种子尚未公开，请留存其SHA-256作为见证：${commitment}\n结果公布后，可据此核对种子没有更换。`,
  ]);
  expect(textOf(begun.filter(({ to }) => to === coordinator))).toContain('私信1名其他协调员或领导小组成员');
  // Asked for again, the same seed stands and nobody is told twice.
  expect((await talk.says(coordinator, '抽签 双随机 海盐县 4 1人')).map(({ to }) => to)).toEqual([
    coordinator,
  ]);
  expect(textOf(await talk.says('wechat:second', `抽签 查看 ${code}`))).toContain('没有编号为');
  const made = await talk.says(coordinator, `抽签 抽取 ${code}`);
  expect(made.map(({ to }) => to)).toEqual([coordinator]);
  expect(textOf(made)).toContain('这次抽签只作记录：没有派出任务，也没有通知抽中的人。');
  expect(textOf(made)).toContain('派暗访 单位、单位 到 对象');
});

import { expect, test } from 'vitest';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { photo, visit } from './visit.ts';

const { coordinator, inspector, other, liaison, citizen, room } = cast;

const stored = (talk: Talk) =>
  talk.query<{ problem: string; unit: string; number: number; photos: number; session: string | null }>(
    `SELECT f.problem, u.code AS unit, a.number, cardinality(f.attachments) AS photos, f.session_id AS session
     FROM finding f JOIN unit u ON u.id = f.unit_id JOIN assignment a ON a.id = f.assignment_id ORDER BY f.number`,
  );

/** Makes the inspector responsible for another unit's task too. */
async function secondTask(talk: Talk): Promise<void> {
  await talk.query(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT u.contact_id, n.campaign_id, n.id, 'inspector' FROM urn u, unit n WHERE u.urn = $1 AND n.code = 'jiashan'`,
    [inspector],
  );
}

test('a free finding is stored as typed and read back', async () => {
  const talk = await stage();
  const words = `“综合窗口”３号　没人值守；<!channel> '; -- =cmd()`;
  expect((await talk.says(inspector, `发现问题 ${words}`))[0]?.text).toBe(
    `已登记问题（海盐县政府）：${words}`,
  );
  expect(await stored(talk)).toEqual([
    { problem: words, unit: 'haiyan', number: 1, photos: 0, session: null },
  ]);
});

test('photos of the same message are its evidence', async () => {
  const talk = await stage();
  const heard = await talk.says(inspector, '发现问题：座位坏了', {
    files: [photo, { ...photo, name: 'two.png' }],
  });
  expect(heard[0]?.text).toBe('已登记问题（海盐县政府，照片2张）：座位坏了');
  expect(await stored(talk)).toMatchObject([{ problem: '座位坏了', photos: 2 }]);
  const kept = await talk.query(
    `SELECT a.name FROM finding f JOIN attachment a ON a.id = ANY (f.attachments) ORDER BY a.name`,
  );
  expect(kept).toEqual([{ name: 'two.png' }, { name: 'window.png' }]);
});

test('photos of a checklist are the evidence of what it found; whoever may see the finding can see them', async () => {
  const talk = await stage();
  await visit(talk, inspector, { accepted: 86, onPost: false });
  expect(await stored(talk)).toMatchObject([{ photos: 0 }, { photos: 1 }]);
  const [list] = await talk.says(coordinator, '问题清单');
  expect(list?.text).toContain('附照片1张');
  expect(list?.text).toContain('查看照片请回复编号，例如“问题清单 2号”');
  const [shown] = await talk.says(coordinator, '问题清单 2号');
  const kept = await talk.query<{ id: string }>('SELECT id::text FROM attachment');
  expect(shown?.say.attachments).toEqual(kept.map(({ id }) => id));
  expect((await talk.says(other, '问题清单 2号'))[0]?.text).toContain('没有编号为2的待整改问题');
});

test('amid a checklist it belongs to that checklist’s task, and the question stays open', async () => {
  const talk = await stage();
  await secondTask(talk);
  await talk.says(inspector, '签到 3');
  expect((await talk.says(inspector, '发现问题 门口无指示牌'))[0]?.text).toContain('（南湖区政府）');
  expect(await stored(talk)).toMatchObject([{ number: 3, unit: 'nanhu' }]);
  expect((await talk.says(inspector, '公积金窗口')).at(-1)?.text).toContain('窗口在哪里');
});

test('with several tasks it is asked which; the tap records what was typed before, once', async () => {
  const talk = await stage();
  await secondTask(talk);
  const [asked] = await talk.says(inspector, '发现问题 取号机坏了', { files: [photo] });
  expect(asked?.text).toContain('发现问题 #1 窗口无人值守');
  expect(await stored(talk)).toEqual([]);
  expect((await talk.taps(inspector, asked, '南湖区政府'))[0]?.text).toBe(
    '已登记问题（南湖区政府，照片1张）：取号机坏了',
  );
  expect((await talk.taps(inspector, asked, '南湖区政府'))[0]?.text).toBe('这个问题已经登记过：取号机坏了');
  expect(await stored(talk)).toMatchObject([{ problem: '取号机坏了', number: 3, photos: 1 }]);
  expect((await talk.says(inspector, '发现问题 #1 空调坏了'))[0]?.text).toContain('（海盐县政府）：空调坏了');
});

test('nobody can tap their way to the words of somebody else', async () => {
  const talk = await stage();
  await secondTask(talk);
  const [asked] = await talk.says(inspector, '发现问题 取号机坏了');
  expect((await talk.taps(other, asked, '海盐县政府'))[0]?.text).toContain('请在“发现问题”后面写明情况');
  expect(await stored(talk)).toEqual([]);
});

test('without words it says how; too many words are refused', async () => {
  const talk = await stage();
  expect((await talk.says(inspector, '发现问题'))[0]?.text).toContain('请在“发现问题”后面写明情况');
  expect((await talk.says(inspector, `发现问题 ${'长'.repeat(4001)}`))[0]?.text).toContain(
    '请控制在4000字以内',
  );
  expect((await talk.says(inspector, `发现问题 ${'长'.repeat(4000)}`))[0]?.text).toContain('已登记问题');
  expect(await stored(talk)).toHaveLength(1);
});

test('others are refused, and talk in a room about problems is left alone', async () => {
  const talk = await stage();
  for (const urn of [liaison, citizen]) {
    expect((await talk.says(urn, '发现问题 没人'))[0]?.text).toMatch(
      /需要相应的工作身份|“发现问题”由检查员使用/,
    );
  }
  expect(await talk.says(inspector, '发现问题要及时整改', { room })).toEqual([]);
  expect((await talk.says(inspector, '发现问题 厕所锁门', { room }))[0]).toMatchObject({ to: room });
});

test('after the report nothing can be added', async () => {
  const talk = await stage();
  await talk.query('UPDATE assignment SET reported_at = now() WHERE number = 1');
  expect((await talk.says(inspector, '发现问题 没人'))[0]?.text).toContain('您的任务都已上报');
});

test('the list: by ten for the coordinator, own reports for an inspector, own unit for a liaison', async () => {
  const talk = await stage();
  for (let n = 1; n <= 11; n += 1) await talk.says(inspector, `发现问题 第${n}处`);
  await talk.says(other, '发现问题 平湖的');
  await talk.query(`UPDATE finding SET status = 'withdrawn' WHERE number = 2`);
  const first = (await talk.says(coordinator, '问题清单'))[0]?.text.split('\n');
  expect(first).toHaveLength(12);
  expect(first?.[0]).toBe('待整改问题11个（第1/2页）：');
  expect(first?.[1]).toBe('1号　海盐县政府：第1处（6月22日10:00）');
  expect(first?.[2]).toContain('3号');
  expect(first?.[11]).toBe('回复“问题清单 2”查看下一页。');
  expect((await talk.says(coordinator, '问题清单2'))[0]?.text).toBe(
    '待整改问题11个（第2/2页）：\n12号　平湖市政府：平湖的（6月22日10:00）',
  );
  expect((await talk.says(coordinator, '问题清单 3'))[0]?.text).toContain('没有第3页，共2页');
  expect((await talk.says(other, '问题清单'))[0]?.text).toBe(
    '待整改问题1个：\n12号　平湖市政府：平湖的（6月22日10:00）',
  );
  expect((await talk.says(liaison, '问题清单'))[0]?.text).toMatch(/^待整改问题10个/);
});

test('the list in a room goes to the private chat; of a secret one its own people alone hear', async () => {
  const talk = await stage();
  await visit(talk, inspector, { accepted: 80 });
  const heard = await talk.says(coordinator, '问题清单', { room, addressed: true });
  expect(heard.map(({ to, text }) => [to, text.includes('海盐')])).toEqual([
    [coordinator, true],
    [room, false],
  ]);
  await talk.query('UPDATE activity SET secret = true');
  for (const urn of [coordinator, inspector])
    expect((await talk.says(urn, '问题清单'))[0]?.text).toContain('海盐');
  await talk.query(`UPDATE membership SET unit_id = NULL WHERE role = 'coordinator'`);
  for (const urn of [coordinator, cast.other, liaison])
    expect((await talk.says(urn, '问题清单'))[0]?.text).toBe('目前没有待整改的问题。');
});

test('in a room, a command’s word that nobody gave to the bot can be the answer to a question', async () => {
  const talk = await stage();
  await talk.says(inspector, '签到', { room });
  expect((await talk.says(inspector, '发布', { room })).at(-1)?.text).toContain('窗口在哪里');
  expect(await talk.query('SELECT value FROM answer')).toEqual([{ value: '发布' }]);
});

import { expect, test } from 'vitest';
import { photo, visit } from '../commands/visit.ts';
import { cast, type Heard, stage, type Talk } from './stage.ts';

const { inspector, room } = cast;

const texts = (heard: Heard[]) => heard.map(({ text }) => text);
const sessions = (talk: Talk) =>
  talk.query<{ flow: string; status: string; room: string }>(
    `SELECT flow_id AS flow, status, room FROM session ORDER BY started_at, id`,
  );
const answers = (talk: Talk) =>
  talk.query<{ question: string }>('SELECT question FROM answer WHERE replaced_at IS NULL ORDER BY id');

test('beginning another form sets the open one aside and says so; no word slides into it', async () => {
  const talk = await stage();
  await talk.says(inspector, '评价');
  talk.clock.set('2026-06-22T10:01:00+08:00');
  const [begun] = texts(await talk.says(inspector, '签到'));
  expect(begun).toContain('“窗口服务评价”先停在这里');
  await talk.says(inspector, '社保窗口');
  await talk.says(inspector, '跳过');
  for (const wrong of ['再说吧', '明天看', '不清楚']) await talk.says(inspector, wrong);
  // Paused after three misses: a good answer is taken by the checklist, a poor one by nobody.
  expect(texts(await talk.says(inspector, '五十个人'))[0]).toContain('已暂停，这句话没有记录');
  expect(texts(await talk.says(inspector, '已落实'))[0]).toContain('接着填“窗口检查清单”');
  expect((await answers(talk)).map(({ question }) => question)).toEqual(['name', 'concentrated']);
});

test('after a checklist, the survey that waits is named, and 满意 is no rating', async () => {
  const talk = await stage();
  await talk.says(inspector, '评价');
  talk.clock.set('2026-06-22T10:01:00+08:00');
  const heard = await visit(talk, inspector);
  expect(texts(heard).at(-1)).toContain('您还有一份“窗口服务评价”没有填完');
  expect(texts(await talk.says(inspector, '满意'))[0]).toContain('“窗口服务评价”已暂停，这句话没有记录');
  expect(await talk.query("SELECT 1 FROM answer WHERE question = 'level'")).toEqual([]);
  expect(texts(await talk.says(inspector, '继续'))[0]).toContain('您对今天的窗口服务满意吗？');
  await talk.says(inspector, '满意');
  expect(await talk.query("SELECT value FROM answer WHERE question = 'level'")).toEqual([{ value: 4 }]);
});

test('a complete checklist is summed up and can be corrected and given photos until the report', async () => {
  const talk = await stage();
  const heard = await visit(talk, inspector, { onPost: false });
  const end = texts(heard).at(-1);
  expect(end).toContain('发现问题1个：\n· 工作人员缺岗或AB岗制度未执行\n');
  expect(end).toContain('上报之前都可以更正');
  expect(texts(await talk.says(inspector, '', { files: [photo] }))[0]).toContain('现有2张');
  const [asked] = await talk.says(inspector, '改 5 80%');
  await talk.taps(inspector, asked, 1);
  expect(await talk.query('SELECT question, status FROM finding ORDER BY number')).toEqual([
    { question: 'on-post', status: 'open' },
    { question: 'one-review', status: 'open' },
  ]);
  expect(await sessions(talk)).toEqual([{ flow: 'jiaxing-2014/window', status: 'completed', room: '' }]);
  const history = await talk.query("SELECT value FROM answer WHERE question = 'one-review' ORDER BY id");
  expect(history).toEqual([{ value: 90 }, { value: 80 }]);
});

test('photos soon after a free finding join it, in the same place, and not for ever', async () => {
  const talk = await stage();
  await talk.says(inspector, '发现问题 窗口3没人');
  expect(texts(await talk.says(inspector, '', { files: [photo] }))).toEqual([
    '照片已附到1号问题（窗口3没人），现有1张。',
  ]);
  await talk.says(inspector, '签到');
  // No photo is asked for here either.
  expect(texts(await talk.says(inspector, '', { files: [photo] }))[0]).toContain('现有2张');
  expect(texts(await talk.says(inspector, '', { files: [photo], room }))).toEqual([]);
  talk.clock.set('2026-06-22T10:11:00+08:00');
  expect(texts(await talk.says(inspector, '', { files: [photo] }))[0]).toContain('不需要照片');
  expect(await talk.query('SELECT cardinality(attachments) AS photos FROM finding')).toEqual([{ photos: 2 }]);
});

test('leaving a checklist withdraws its findings and says so; what was said freely stays', async () => {
  const talk = await stage();
  await talk.says(inspector, '签到');
  await talk.says(inspector, '社保窗口');
  await talk.says(inspector, '跳过');
  await talk.says(inspector, '已落实');
  await talk.says(inspector, '70');
  await talk.says(inspector, '发现问题 取号机坏了');
  const [left] = texts(await talk.says(inspector, '退出'));
  expect(left).toBe('这份检查表登记的1个问题已撤回。\n已退出。没有填完的不计入检查，需要时请重新开始。');
  expect(await talk.query('SELECT question, status FROM finding ORDER BY number')).toEqual([
    { question: 'accepted-and-handled', status: 'withdrawn' },
    { question: null, status: 'open' },
  ]);
});

test('a form open in a room is named in private, and 继续 takes it there', async () => {
  const talk = await stage();
  await talk.says(inspector, '签到', { room });
  await talk.says(inspector, '社保窗口', { room });
  talk.clock.set('2026-06-22T10:01:00+08:00');
  expect(texts(await talk.says(inspector, '签到'))[0]).toContain(
    '您在“检查组群”有一份检查表没有填完（社保窗口）',
  );
  expect(texts(await talk.says(inspector, '我的任务'))[0]).toContain('请回复“继续”接着填');
  expect(texts(await talk.says(inspector, '跳过'))[0]).toContain(
    '您在“检查组群”有一份“窗口检查清单”没有填完',
  );
  const [moved] = texts(await talk.says(inspector, '继续'));
  expect(moved).toContain('已转到私聊');
  expect(moved).toContain('窗口在哪里');
  expect(await sessions(talk)).toEqual([{ flow: 'jiaxing-2014/window', status: 'live', room: '' }]);
  expect(texts(await talk.says(inspector, '跳过', { room }))).toEqual([]);
  expect(texts(await talk.says(inspector, '跳过'))[0]).toContain('两集中两到位');
});

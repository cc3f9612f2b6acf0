import { expect, test } from 'vitest';
import { cast, type Heard, stage, type Talk } from './stage.ts';

const { inspector, citizen, coordinator, room } = cast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');
const answers = (talk: Talk) =>
  talk.query<{ question: string; value: unknown }>('SELECT question, value FROM answer');

test.each(['确认', '取消', '撤回访谈', '不要', '不用了', 'confirm'])(
  '“%s” after the interviews were confirmed is no answer of the checklist',
  async (words) => {
    const talk = await stage();
    await talk.says(inspector, '签到');
    await talk.says(inspector, '访谈 满意2人');
    await talk.says(inspector, '确认');
    expect(textOf(await talk.says(inspector, words))).toMatch(
      new RegExp(`“${words}”没有当作这一题的回答[\\s\\S]*检查的是哪个窗口`),
    );
    expect(await answers(talk)).toEqual([]);
    for (const said of ['县中心 3号窗口', '跳过']) await talk.says(inspector, said);
    expect(textOf(await talk.says(inspector, words))).toMatch(/没有当作这一题的回答[\s\S]*两集中两到位/);
    expect(await answers(talk)).toHaveLength(1);
    expect(await talk.query('SELECT 1 FROM finding')).toEqual([]);
  },
);

test.each(['不想评了', '我没去过这个窗口', '算了', '滚', "I don't want to rate"])(
  '“%s” ends a rating, and nothing is saved',
  async (words) => {
    const talk = await stage();
    await talk.says(citizen, '评价');
    expect(textOf(await talk.says(citizen, words))).toContain('没有保存任何内容');
    expect(await talk.query('SELECT 1 FROM session')).toEqual([]);
    expect(await talk.query('SELECT 1 FROM rating')).toEqual([]);
  },
);

test('in the middle of a rating it is asked what to do with what was answered; a human is told where', async () => {
  const talk = await stage();
  await talk.says(citizen, '评价');
  expect(textOf(await talk.says(citizen, '转人工'))).toMatch(/没有人工坐席[\s\S]*咨询台[\s\S]*满意吗/);
  await talk.says(citizen, '满意');
  expect(textOf(await talk.says(citizen, '算了'))).toMatch(/“退出”.*“跳过”/);
  await talk.says(citizen, '跳过');
  expect(textOf(await talk.says(citizen, '不想评了'))).toMatch(/“退出”.*“跳过”/);
  expect(textOf(await talk.says(citizen, '跳过'))).toContain('已提交');
  expect(await talk.query('SELECT level FROM rating')).toEqual([{ level: 4 }]);
});

test('who is rated by a code is said first; nobody is offered a call who is not dissatisfied', async () => {
  const talk = await stage();
  await talk.query(
    `INSERT INTO survey_code (code, campaign_id, kind, unit_id, matter, created_at)
     SELECT 'ACFHJ34679', campaign_id, 'matter', id, '不动产登记', $1 FROM unit WHERE code = 'haiyan'`,
    [talk.clock.now()],
  );
  expect(textOf(await talk.says(citizen, '评价 ACFHJ-34679'))).toMatch(
    /^您评价的是：海盐县政府、不动产登记。/,
  );
  await talk.says(citizen, '满意');
  await talk.says(citizen, '20');
  const goodbye = textOf(await talk.says(citizen, '跳过'));
  expect(goodbye).toContain('回执码');
  expect(goodbye).not.toContain('回访我');
});

test('a code that is none is said to be unknown', async () => {
  const talk = await stage();
  expect(textOf(await talk.says(citizen, '评价 ZZZZZ-ZZZZZ'))).toContain('没有这个评价码');
  expect(textOf(await talk.says(coordinator, '评价码 关闭 ABCDE-FGHJK'))).toMatch(/ABCDE-FGHJK/);
});

test('an answer said in a room belongs into the private chat, and is not kept', async () => {
  const talk = await stage();
  await talk.says(inspector, '评价', { room });
  for (const addressed of [true, false]) {
    const heard = textOf(await talk.says(inspector, '满意', { room, addressed }));
    expect(heard).toMatch(/请在与我的私聊中作答.*没有记入评价/);
  }
  expect(await talk.query(`SELECT 1 FROM inbox WHERE body::text LIKE '%满意%'`)).toEqual([]);
  expect(await answers(talk)).toEqual([]);
  expect(await talk.says(inspector, '大家都满意吗', { room, addressed: false })).toEqual([]);
});

test('in English: what is offered and told is English, and the help shows no unit that may not be there', async () => {
  const talk = await stage({ language: 'en' });
  expect(textOf(await talk.says(citizen, 'receipt'))).toContain('receipt ACFH-3467-KMNP');
  expect(textOf(await talk.says(citizen, 'call me back'))).toContain('call me ACFH-3467-KMNP');
  expect(textOf(await talk.says(citizen, 'ratee'))).toContain('Did you mean: rate?');
  expect(textOf(await talk.says(coordinator, 'help'))).toContain('survey new <unit> [window]');
});

test('reasons in words of their own are offered as options and kept whole as the comment', async () => {
  const talk = await stage();
  const words = '等号太久，还骂人，来了三趟没办成';
  await talk.says(citizen, '评价');
  await talk.says(citizen, '不满意');
  expect(textOf(await talk.says(citizen, words))).toMatch(/原话已一并记入意见。[\s\S]*事情没有办成/);
  await talk.says(citizen, '3、6');
  expect(textOf(await talk.says(citizen, '40'))).toContain('已提交');
  const [rating] = await talk.query<{ answers: object }>('SELECT answers FROM rating');
  expect(rating?.answers).toMatchObject({ comment: words, reasons: ['waiting', 'undone'] });
});

import { expect, test } from 'vitest';
import { sentence } from '../../src/conversation/wording.ts';
import { campaignText } from '../conversation/campaign-stage.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';

const here = 'slack:T1/U1';
const refused =
  '按照规定，群众评价须在境内保存，不能在Slack里填写。请在微信或办事大厅的评价网页上评价，也可到大厅咨询台反映。给您带来不便，敬请谅解。';
const texts = (heard: { text: string }[]) => heard.map(({ text }) => text);
const count = async (talk: Talk, table: string) =>
  (await talk.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;

test('citizens’ answers stay off Slack (PIPL art. 36): the survey is not begun there, and it is said where it is', async () => {
  const talk = await stage();
  expect(texts(await talk.says(here, '评价'))).toEqual([refused]);
  expect(texts(await talk.says('slack:T1/U2', '评价', { room: 'slack:T1/C1', slash: true }))).toEqual([
    refused,
  ]);
  const english = await stage({ language: 'en' });
  expect(texts(await english.says(here, 'survey'))).toEqual([
    "By law citizens' ratings are kept in mainland China, so they can't be taken in Slack. Please rate in WeChat or on the service hall's own page, or speak to the hall's help desk. We are sorry for the trouble.",
  ]);
  expect(await count(talk, 'session')).toBe(0);
  expect(await count(english, 'session')).toBe(0);
});

test('elsewhere it is begun, and in Slack too where the campaign is not bound', async () => {
  const talk = await stage();
  expect(texts(await talk.says('wechat:citizen', '评价'))[0]).toContain('答案不记名');
  const abroad = await stage({
    campaign: { text: (await campaignText('jiaxing-2014')).replace(/^id: .*$/m, '$&\nprc: false') },
  });
  expect(texts(await abroad.says(here, '评价'))[0]).toContain('答案不记名');
  await abroad.says(here, '满意');
  expect(await count(abroad, 'answer')).toBe(1);
});

test('a survey begun in WeChat takes no answer from the same person in Slack; a checklist does', async () => {
  const talk = await stage();
  const code = /[34679ACFHJKMNPRTVWXY]{6}/.exec(
    texts(await talk.says(cast.inspector, '邀请 自己'))[0] ?? '',
  )?.[0];
  await talk.says(here, `绑定 ${code}`);
  await talk.says(cast.inspector, '评价');
  expect(texts(await talk.says(here, '满意'))).toEqual([refused]);
  expect(await count(talk, 'answer')).toBe(0);
  expect(
    await talk.query(`SELECT body ? 'text' AS words FROM inbox WHERE urn = $1 ORDER BY seq`, [here]),
  ).toEqual([{ words: true }, { words: false }]);
  expect(texts(await talk.says(cast.inspector, '满意')).join()).toContain('您大约等候了多少分钟');
  await talk.says(here, '签到');
  await talk.says(here, '县行政服务中心 3号窗口');
  expect(await count(talk, 'answer')).toBe(2);
});

test('a code that was used leaves no trace of who sends it again: they have mostly rated by it', async () => {
  const talk = await stage();
  const code = 'ACFHJ34679';
  await talk.query(
    `INSERT INTO survey_code (code, campaign_id, kind, unit_id, matter, created_at)
     SELECT $1, campaign_id, 'case', id, '不动产登记', $2 FROM unit WHERE code = 'haiyan'`,
    [code, talk.clock.now()],
  );
  for (const words of [`评价 ${code}`, '满意', '20', '跳过']) await talk.says('wechat:citizen', words);
  expect(await count(talk, 'rating')).toBe(1);
  expect(texts(await talk.says('wechat:citizen', `评价 ${code}`)).join()).toContain('这次办事已经评价过了');
  expect(await talk.query('SELECT body FROM inbox WHERE body::text LIKE $1', [`%${code}%`])).toEqual([]);
  expect(await talk.query(`SELECT forget FROM outbox WHERE say::text LIKE '%ratings:closed.used%'`)).toEqual([
    { forget: true },
  ]);
});

test.each([
  [
    'zh-CN',
    ['评价', '不满意', '1', '20', '请打 138 0013 8000 找我'],
    '请打 ［已隐去号码］ 找我',
    '没有保存，已经隐去',
  ],
  ['en', ['survey', 'satisfied', '20', 'Call +86 13800138000'], 'Call [removed]', 'they were taken out'],
] as const)(
  'a number in a comment is not stored, and its citizen is told so (%s)',
  async (language, said, kept, told) => {
    const talk = await stage({ language });
    let last: string[] = [];
    for (const words of said) last = texts(await talk.says('wechat:citizen', words));
    expect(last.join('\n')).toContain(sentence(language, 'ratings:masked'));
    expect(last.join('\n')).toContain(told);
    expect(await talk.query(`SELECT answers ->> 'comment' AS comment FROM rating`)).toEqual([
      { comment: kept },
    ]);
    const rows = await talk.query<{ row: string }>(
      'SELECT row_to_json(r)::text AS row FROM rating r UNION ALL SELECT row_to_json(a)::text FROM answer a',
    );
    expect(rows.map(({ row }) => row.replaceAll(/[\s-]/g, '')).join()).not.toContain('13800138000');
  },
);

test('who writes no number is told of none', async () => {
  const talk = await stage();
  let last: string[] = [];
  for (const words of ['评价', '满意', '20', '等了20分钟，2026-06-22来的'])
    last = texts(await talk.says('wechat:citizen', words));
  expect(last.join()).toContain('回执码');
  expect(last.join()).not.toContain('隐去');
});

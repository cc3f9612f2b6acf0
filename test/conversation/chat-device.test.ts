import { expect, test } from 'vitest';
import { campaignText } from './campaign-stage.ts';
import { stage, type Talk } from './stage.ts';

const [haiyan, jiashan] = ['ACFHJ34679', 'ACFHJ3467A'];

async function hall(rules = ''): Promise<Talk> {
  const text = (await campaignText('jiaxing-2014')).replace('survey: citizen', `survey: citizen\n${rules}`);
  const talk = await stage({ campaign: { text } });
  for (const [code, unit] of Object.entries({ [haiyan]: 'haiyan', [jiashan]: 'jiashan' }))
    await talk.query(
      `INSERT INTO survey_code (code, campaign_id, kind, unit_id, created_at)
       SELECT $1, campaign_id, 'unit', id, $2 FROM unit WHERE code = $3`,
      [code, talk.clock.now(), unit],
    );
  return talk;
}

/** Rates in a chat. @returns what was said last */
async function rates(talk: Talk, urn: string, code: string, comment = '跳过'): Promise<string> {
  let last = '';
  for (const words of [`评价 ${code}`, '满意', '20', comment]) {
    last = (await talk.says(urn, words)).at(-1)?.text ?? '';
    if (last.includes('您今天的次数已满')) return last;
  }
  expect(last).toContain('回执码');
  return last;
}

const marks = (talk: Talk) => talk.query('SELECT marks FROM rating ORDER BY marks');

test('somebody in a chat rates a unit as often a day as a device does, and goes on at another one', async () => {
  const talk = await hall('ratings: { perDeviceDay: 2 }');
  await rates(talk, 'wechat:one', haiyan);
  await rates(talk, 'wechat:one', haiyan);
  expect(await rates(talk, 'wechat:one', haiyan)).toContain('您今天的次数已满');
  await rates(talk, 'wechat:one', jiashan);
  await rates(talk, 'wechat:two', haiyan);
  expect(await talk.query('SELECT count(*)::int AS n FROM rating')).toEqual([{ n: 4 }]);
  // That they were refused says that they have rated: it is kept no longer than until it was sent.
  expect(await talk.query(`SELECT forget FROM outbox WHERE say::text LIKE '%ratings:limited%'`)).toEqual([
    { forget: true },
  ]);
  talk.clock.advance(24 * 3_600_000);
  await rates(talk, 'wechat:one', haiyan);
});

test('equal words and many units are marked in a chat as on the page, and the unit’s part of the day is counted', async () => {
  const talk = await hall('ratings: { signals: { comments: { from: 3 }, windows: { from: 2 } } }');
  const words = '办事很快，谢谢窗口同志';
  await rates(talk, 'wechat:one', haiyan, words);
  await rates(talk, 'wechat:two', haiyan, words);
  expect(await marks(talk)).toEqual([{ marks: [] }, { marks: [] }]);
  await rates(talk, 'wechat:three', haiyan, words);
  expect(await marks(talk)).toEqual(Array.from({ length: 3 }, () => ({ marks: ['same-comment'] })));
  expect(await talk.query(`SELECT sum(n)::int AS n FROM rating_trace WHERE token = ''`)).toEqual([{ n: 3 }]);
  await rates(talk, 'wechat:one', jiashan);
  expect(await marks(talk)).toContainEqual({ marks: ['many-windows'] });
});

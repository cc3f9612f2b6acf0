import { expect, test } from 'vitest';
import { campaignText } from '../conversation/campaign-stage.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { to } from '../ledger/people.ts';

const { coordinator } = cast;

/** The sample, due on Sunday 19 July 2026. */
async function sunday(): Promise<Talk> {
  const text = (await campaignText('jiaxing-2014')).replace(
    '    deadline: { workdays: 17 }\n',
    '    deadline: 2026-07-19\n',
  );
  return stage({ campaign: { text, published: false } });
}

const isPublished = async (talk: Talk) =>
  (await talk.query(`SELECT 1 FROM campaign WHERE status = 'published'`)).length > 0;

test('a deadline on a rest day is named and asked about before it is published', async () => {
  const talk = await sunday();
  const [asked] = await talk.says(coordinator, '发布');
  expect(asked?.text).toBe(
    [
      '【窗口“办事难”集中整治交叉式抽查】还没有发布：以下期限是休息日，发布后仍按原日期，不会顺延：',
      '交叉式抽查：2026年7月19日（周日）',
      '无误请回复“发布 jiaxing-2014 确认”；要改日期，请修改方案文件后重新载入。',
    ].join('\n'),
  );
  expect(await isPublished(talk)).toBe(false);
  expect(to(coordinator, await talk.taps(coordinator, asked, '确认发布'))[0]).toContain('已发布：任务8项');
  expect(await isPublished(talk)).toBe(true);
});

test.each(['发布 确认', '发布 jiaxing-2014 确认'])('“%s” goes ahead at once', async (said) => {
  const talk = await sunday();
  expect(to(coordinator, await talk.says(coordinator, said))[0]).toContain('已发布：任务8项');
});

test('plain yes after the question goes ahead too', async () => {
  const talk = await sunday();
  await talk.says(coordinator, '发布');
  await talk.says(coordinator, '是');
  expect(await isPublished(talk)).toBe(true);
});

test('of a hidden activity no day is told', async () => {
  const text = await campaignText('jiaxing-2014-full');
  const due = text.replace(/(objects: \[city\][^\n]*\n {4}deadline: )\{ workdays: 17 \}/, '$12026-07-19');
  expect(due).not.toBe(text);
  const talk = await stage({ campaign: { text: due, published: false } });
  const heard = await talk.says('console:coordinator-covert', '发布');
  expect(heard.map((one) => one.text).join('\n')).not.toContain('休息日');
});

import { expect, test } from 'vitest';
import { found, lastTo } from '../ledger/people.ts';
import { campaignText, load, publish } from './campaign-stage.ts';
import { cast, stage } from './stage.ts';

const { coordinator, liaison } = cast;

test("a command's own word, and the number of what it offered, is no answer to a question that takes any words", async () => {
  const talk = await stage();
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日');
  talk.clock.advance(86_400_000);
  const text = (await campaignText('jiaxing-2014')).replace('id: jiaxing-2014', 'id: jiaxing-again');
  await publish(talk, await load(talk, text));
  await talk.says(liaison, '整改回复 1');
  const heard = await talk.says(liaison, '差评');
  expect(heard[0]?.text).toContain('目前没有需要您办理的差评。');
  expect(lastTo(liaison, heard)?.text).toBe(
    '“差评”已按命令办理，没有记作答案；“整改回复”仍在等您的回答，直接回复即可，回复“继续”可再看一遍题目。',
  );
  await talk.says(liaison, '方案');
  expect((await talk.says(liaison, '2'))[0]?.text).toContain('接下来的命令都按');
  expect((await talk.says(liaison, '继续'))[0]?.text).toContain('责任人是谁');
  // The list is older than the question: a number answers it.
  expect((await talk.says(liaison, '2'))[0]?.text).toContain('整改措施');
  await talk.says(liaison, '差评窗口已调整');
  const [session] = await talk.query<{ values: object }>(
    "SELECT state -> 'values' AS values FROM session WHERE flow_id LIKE '%/rectification'",
  );
  expect(session?.values).toEqual({ owner: '2', measure: '差评窗口已调整' });
});

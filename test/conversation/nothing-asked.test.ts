import { expect, test } from 'vitest';
import { cast, stage } from './stage.ts';

const { coordinator } = cast;

test('a number that no choice bears is told the range; a yes or no to nothing is told so', async () => {
  const talk = await stage();
  const said = async (text: string) => (await talk.says(coordinator, text)).map((one) => one.text).join('\n');
  expect(await said('7')).toContain('没有看懂');
  expect(await said('导出')).toContain('请问导出哪一项');
  expect(await said('7')).toBe('请回复1至5之间的数字，选择其中一项。');
  talk.clock.advance(11 * 60_000);
  for (const words of ['确认', '取消', '不用了'])
    expect(await said(words), words).toBe('目前没有等您确认的事项。回复“帮助”查看可以说的话。');
  expect(await said('好的')).not.toContain('确认');
});

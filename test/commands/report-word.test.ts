import { expect, test } from 'vitest';
import { prepareBackground } from '../../src/jobs/background.ts';
import { cast, type Heard, stage } from '../conversation/stage.ts';
import { visit } from './visit.ts';

const { coordinator, inspector, citizen, room } = cast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

test('报告 and report: an inspector hands in, to a coordinator it is the Word report', async () => {
  const talk = await stage();
  await prepareBackground(talk.database, talk.log);
  await visit(talk, inspector);
  for (const [words, how] of [
    ['报告', {}],
    ['报告。', {}],
    ['报告', { slash: true }],
    ['report', { slash: true }],
    ['report jiaxing-2014', { slash: true }],
  ] as const) {
    expect(textOf(await talk.says(coordinator, words, how)), words).toContain('正在生成');
    expect(textOf(await talk.says(inspector, words, how)), words).toMatch(/还需|没有编号|上报/u);
  }
  expect(textOf(await talk.says(coordinator, '上报'))).toContain('“上报”由检查员、单位负责人使用');
  expect(textOf(await talk.says(citizen, '报告'))).not.toContain('正在生成');
  // In a room it is talk, unless it is said to us.
  expect(await talk.says(coordinator, '报告', { room })).toEqual([]);
});

test('报告 文件 with the id of a file that was made before is that file', async () => {
  const talk = await stage();
  await prepareBackground(talk.database, talk.log);
  for (const words of ['报告 文件 ACFH-3467', '报告 文件 快照 ACFH-3467'])
    expect(textOf(await talk.says(coordinator, words)), words).toBe(
      textOf(await talk.says(coordinator, '导出 ACFH-3467')),
    );
  expect(textOf(await talk.says(coordinator, '报告 文件 ACFH-3467'))).toContain('ACFH-3467');
});

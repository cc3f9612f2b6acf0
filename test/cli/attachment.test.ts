import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCsv } from '../../src/campaign/loading/csv.ts';
import { exportCampaign } from '../../src/cli/export.ts';
import type { Options } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { type Heard, heard } from './heard.ts';

const [first, second] = ['console:accompany-1', 'console:accompany-2'];
const campaign = { file: 'jiaxing-2014-full' };
const answers = [
  '9:05取号，10:10办结',
  '是',
  '是',
  '否',
  '是',
  '跳过',
  '跳过',
  '=群众建议：增设叫号机',
  '是',
];

async function exported(talk: Talk, options: Options, code = 'jiaxing-2014-full'): Promise<Heard<number>> {
  const read = readConfig({});
  if ('faults' in read) expect.fail('the empty environment has faults');
  const { database, clock } = talk;
  return heard(() => exportCampaign({ args: [code], options, database, clock, config: read.config }));
}

const cells = (text: string) => readCsv(text).records.map((record) => record.cells);

test('附件1: its two blank columns fill themselves from claims and answers (JX-1.6); what is given up is not in it', async () => {
  const talk = await stage({ campaign });
  await talk.says(first, '认领 不动产转移登记，3号窗口');
  for (const answer of answers) await talk.says(first, answer);
  await talk.says(first, '认领 户口迁移，公安窗口');
  await talk.says(second, '认领 社保转移，2号窗口');
  await talk.says(second, '退出');
  const { code, out } = await exported(talk, { attachment: '1' });
  expect(code).toBe(0);
  expect(cells(out)).toEqual([
    ['序号', '单位', '责任人', '职务', '领办事项', '备注'],
    ['1', '市政府反走私海防办', '市政府反走私海防办副主任', '副主任', '', ''],
    ['2', '市纪委', '市纪委常委', '常委', '', ''],
    ['3', '市委办公室', '市委办副主任', '副主任', '', ''],
    ['4', '市委组织部', '市委组织部副部长', '副部长', '', ''],
    [
      '5',
      '市发展改革委',
      '市发展改革委副主任',
      '副主任',
      '不动产转移登记（3号窗口）；户口迁移（公安窗口）',
      "'=群众建议：增设叫号机",
    ],
    ['6', '市行政审批服务中心', '市行政服务中心副主任', '副主任', '', ''],
  ]);
  expect(
    await talk.query(`SELECT event ->> 'kind' AS kind, event -> 'data' AS data FROM (
      SELECT body::jsonb AS event FROM audit) log WHERE event ->> 'kind' = 'export.made'`),
  ).toEqual([{ kind: 'export.made', data: { attachment: '1' } }]);
});

test('附件3: who inspects whom, in the order published (JX-3.4), into a file', async () => {
  const talk = await stage({ campaign });
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-attachment-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const out = path.join(folder, 'a.csv');
  expect(await exported(talk, { attachment: '3', out })).toMatchObject({ code: 0, out: '' });
  const [heading, ...rows] = cells(await readFile(out, 'utf8'));
  expect(heading).toEqual(['序号', '参与单位', '督查对象', '备注']);
  expect(rows).toHaveLength(8);
  expect(rows[0]?.slice(0, 3)).toEqual(['1', '南湖区政府', '海盐县政府']);
  const english = await exported(talk, { attachment: '3', language: 'en' });
  expect(cells(english.out)[0]).toEqual(['No.', 'Inspecting unit', 'Inspected unit', 'Remarks']);
});

test('what can’t be exported is said, with what can', async () => {
  const talk = await stage({ campaign: { file: 'daan-2018', published: false } });
  expect((await exported(talk, { attachment: '2' })).err).toContain('--attachment 1');
  expect(await exported(talk, { attachment: '1' }, 'daan-2018')).toMatchObject({ code: 1 });
  expect((await exported(talk, { attachment: '1' }, 'nowhere')).err).toContain('daan-2018');
  const draft = await stage({ campaign: { ...campaign, published: false } });
  expect((await exported(draft, { attachment: '1' })).err).toContain('尚未发布');
});

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportCampaign } from '../../src/cli/export.ts';
import type { Options } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { found } from '../ledger/people.ts';
import { sheetsOf } from '../report/xlsx/unpacked.ts';
import { type Heard, heard } from './heard.ts';

async function exported(
  { database, clock }: Talk,
  options: Options,
  ...args: string[]
): Promise<Heard<number>> {
  const read = readConfig({});
  if ('faults' in read) expect.fail('the empty environment has faults');
  const { config } = read;
  return heard(() => exportCampaign({ args, options, database, clock, config }));
}

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'duban-xlsx-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test('a workbook from a terminal, and the same bytes again by its snapshot’s id', async () => {
  const talk = await stage();
  await found(talk);
  const [first, second] = ['a.xlsx', 'b.xlsx'] as const;
  const home = await folder();
  const out = path.join(home, first);
  const made = await exported(talk, { xlsx: 'ledger', out, language: 'en' }, 'jiaxing-2014');
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('problems: 1') });
  const bytes = await readFile(out);
  const [ledger] = sheetsOf(bytes);
  expect(ledger?.name).toBe('Ledger of problems');
  expect(ledger?.rows[1]?.slice(0, 3)).toEqual(['No.', 'Problem', 'Source']);
  const [id = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(made.err) ?? [];
  await found(talk, '又一个');
  expect(await exported(talk, { snapshot: id, out: path.join(home, second) })).toMatchObject({ code: 0 });
  expect((await readFile(path.join(home, second))).equals(bytes)).toBe(true);
  expect(await readdir(home)).toEqual([first, second]);
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'export.made'`)).toHaveLength(2);
});

test('a file that is no longer what was handed out is not handed out again', async () => {
  const talk = await stage();
  const home = await folder();
  const out = path.join(home, 'a.xlsx');
  const { err } = await exported(talk, { xlsx: 'attachment-3', out }, 'jiaxing-2014');
  const [id = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(err) ?? [];
  await talk.query(`UPDATE snapshot_part SET bytes = bytes || '\\x00'::bytea`);
  const again = exported(talk, { snapshot: id, out: path.join(home, 'b.xlsx') });
  await expect(again).rejects.toThrow('is not what was handed out');
  expect(await readdir(home)).toEqual(['a.xlsx']);
});

test('what can’t be exported is said, and leaves nothing behind', async () => {
  const talk = await stage({ campaign: { published: false } });
  const home = await folder();
  const out = path.join(home, 'a.xlsx');
  expect(await exported(talk, { xlsx: 'everything', out }, 'jiaxing-2014')).toMatchObject({ code: 2 });
  expect(await exported(talk, { xlsx: 'ledger' }, 'jiaxing-2014')).toMatchObject({ code: 2 });
  expect((await exported(talk, { xlsx: 'ledger', out }, 'nowhere')).err).toContain('jiaxing-2014');
  expect(await exported(talk, { xlsx: 'ledger', out }, 'jiaxing-2014')).toMatchObject({
    code: 1,
    err: expect.stringContaining('尚未发布'),
  });
  expect((await exported(talk, { snapshot: 'AAAA-AAAA', out })).err).toContain('没有快照编号');
  const published = await stage();
  for (const xlsx of ['ledger', 'answers'])
    expect(await exported(published, { xlsx, out }, 'jiaxing-2014')).toMatchObject({
      code: 1,
      err: expect.stringContaining('还没有可以导出的内容'),
    });
  expect(await readdir(home)).toEqual([]);
  expect(await published.query('SELECT 1 FROM snapshot')).toEqual([]);
});

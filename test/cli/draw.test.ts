import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DrawRecord } from '../../src/campaign/draw/record.ts';
import { draw, drawInFile } from '../../src/cli/draw.ts';
import type { Options } from '../../src/cli/terminal.ts';
import { handClock } from '../../src/clock.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { beginDraw, runDraw } from '../../src/conversation/draws.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts';
import { withWindows } from '../commands/draw-campaign.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';
import { type Heard, heard } from './heard.ts';

const clock = handClock('2026-06-22T10:00:00+08:00');
let fresh: FreshDatabase;
let database: Database;
let config: Config;
let folder: string;
let record: DrawRecord;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-draw-'));
  fresh = await freshDatabase();
  database = openDatabase(fresh.config, () => undefined);
  const read = readConfig({});
  if ('faults' in read) throw new Error('the empty environment has faults');
  config = read.config;
  const loaded = await loadCampaign(database, await withWindows(), { start: '2026-06-22', path: 'x', clock });
  if (loaded.faults !== undefined) throw new Error(JSON.stringify(loaded.faults));
  const { campaignId } = loaded;
  record = await inTransaction(database.pool, async (run) => {
    const at = clock.now().toISOString();
    const subject = { kind: 'windows', unit: 'haiyan', area: '海盐县' } as const;
    const plan = { kind: 'sample', take: { count: 5 }, each: null, weighted: false } as const;
    const begun = await beginDraw(run, { campaignId, activity: null, subject, plan, reason: null }, null, at);
    const made = await runDraw(run, begun.draw, null, at);
    if (made.kind !== 'made') throw new Error(made.kind);
    return made.record;
  });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

const run = (args: string[], options: Options = {}) =>
  heard(() => draw({ args, options, database, config, clock }));
const alone = (...args: string[]) => heard(() => drawInFile(args));

test('a draw is repeated from the database, and says by which hash it can be held to what was told', async () => {
  const { code, out } = await run(['verify', record.code.toLowerCase()]);
  expect(code).toBe(0);
  expect(out).toContain(`抽签${record.code}复核一致`);
  expect(out).toContain(`Draw ${record.code} is the same`);
  for (const told of [record.fingerprint, record.commitment]) expect(out).toContain(told);
});

test('from an exported record it is repeated without any database', async () => {
  const file = path.join(folder, 'record.json');
  expect((await run(['export', record.code], { out: file })).code).toBe(0);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(record);
  expect(JSON.parse((await run(['export', record.code])).out)).toEqual(record);
  expect(await alone('verify', file)).toMatchObject({ code: 0 });
  const changed = path.join(folder, 'changed.json');
  await writeFile(
    changed,
    JSON.stringify({ ...record, seed: record.seed.replace(/^./, 'f').replace(/.$/, '0') }),
  );
  const { code, err } = await alone('verify', changed);
  expect(code).toBe(1);
  expect(err).toContain('种子与事先公布的哈希不符');
  const { rows } = await fresh.pool.query(`SELECT about FROM audit WHERE kind = 'draw.exported'`);
  expect(rows).toEqual([{ about: `draw:${record.code}` }, { about: `draw:${record.code}` }]);
});

test('a record changed in the database is found, and what was changed is named', async () => {
  const change = async (what: string, to: string): Promise<Heard<number | null>> => {
    await fresh.pool.query(`UPDATE draw SET ${what} = $1 WHERE code = $2`, [to, record.code]);
    const told = await run(['verify', record.code]);
    await fresh.pool.query(
      'UPDATE draw SET record = $1, seed = $2, commitment = $3, fingerprint = $4 WHERE code = $5',
      [JSON.stringify(record), record.seed, record.commitment, record.fingerprint, record.code],
    );
    return told;
  };
  const drawn = record.result.kind === 'sample' ? record.result.drawn : [];
  const other = record.frame.members.find(({ id }) => !drawn.includes(id))?.id ?? '';
  const result = { kind: 'sample', drawn: [...drawn.slice(0, 4), other] };
  const swapped = await change('record', JSON.stringify({ ...record, result }));
  expect(swapped.code).toBe(1);
  expect(swapped.err).toContain(`第5个：记录为${other}，重做得到${drawn[4]}`);
  expect(swapped.err).toContain('结果与记录时的指纹不符');
  for (const [what, named] of [
    ['seed', '种子'],
    ['commitment', '哈希'],
    ['fingerprint', '记录指纹'],
  ] as const) {
    const told = await change(what, '0'.repeat(64));
    expect([told.code, told.err.includes(`数据库中的${named}与记录不一致`)]).toEqual([1, true]);
  }
  expect((await run(['verify', record.code])).code).toBe(0);
});

test('what can not be repeated is told apart', async () => {
  expect(await run(['verify', 'AAAAAA'])).toMatchObject({ code: 2 });
  expect(await run(['export', 'AAAAAA'])).toMatchObject({ code: 2 });
  expect(await run(['verify'])).toMatchObject({ code: 2 });
  expect(await run(['shuffle', record.code])).toMatchObject({ code: 2 });
  expect(await alone('verify', record.code)).toMatchObject({ code: null });
  expect(await alone('verify', path.join(folder, 'none.json'))).toMatchObject({ code: 2 });
  const scrap = path.join(folder, 'scrap.json');
  await writeFile(scrap, 'no record');
  expect((await alone('verify', scrap)).err).toContain('不是JSON文件');
  await writeFile(scrap, '{"duban":"draw"}');
  const { code, err } = await alone('verify', scrap);
  expect(code).toBe(1);
  expect(err).toContain('这不是完整的抽签记录（问题在algorithm）');
});

import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Flow } from '../../src/flow/definition.ts';
import { createLog } from '../../src/log.ts';
import { makeExport } from '../../src/report/xlsx/book.ts';
import type { Cell } from '../../src/report/xlsx/cell.ts';
import { dayCell } from '../../src/report/xlsx/cell.ts';
import type { Rows } from '../../src/report/xlsx/sheet.ts';
import { writeWorkbook } from '../../src/report/xlsx/workbook.ts';
import { newSnapshotId } from '../../src/short-code.ts';
import { type Database, openDatabase, runOn } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Run } from '../../src/store/writes.ts';
import type { Ground } from './ground.ts';
import type { Result } from './result.ts';

const assignments = 10_000;
const questions = 100;
/** A row an answer, and a row a record in the wide table. */
const rows = assignments * questions + assignments;

/**
 * Rows a second of an export of 1,000,000 answers from the database into a kept snapshot, against half of what the writer does with
 * as many rows of the same shape from memory in the same run.
 */
export async function xlsxRows(ground: Ground): Promise<Result> {
  const exported = await measuredExport(ground);
  const alone = await fromMemory();
  process.stderr.write(
    `xlsx-rows: ${exported.rows} rows in ${exported.seconds.toFixed(1)} s, ${(exported.size / 1e6).toFixed(1)} MB; from memory ${alone.toFixed(0)} rows/s\n`,
  );
  return { name: 'xlsx-rows', value: exported.rows / exported.seconds, unit: 'rows/s', limit: alone / 2 };
}

/**
 * The most memory (RSS) that `duban export` holds while it writes 1,000,000 rows, from its start to its end: a process of its own,
 * as what this one holds for the bench is nobody's.
 */
export async function xlsxMemory(ground: Ground): Promise<Result> {
  const config = await ground.newDatabase();
  const database = openDatabase(config, () => undefined);
  await migrate(database.pool);
  await fill(runOn(database.pool), database);
  await database.close();
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-bench-'));
  const value = peakOf(['export', 'bench', '--xlsx', 'answers', '--out', path.join(folder, 'a.xlsx')], {
    DATABASE_URL: `postgresql://${config.user}@localhost:${config.port}/${config.database}?host=${encodeURIComponent(config.host ?? '')}`,
    DUBAN_KEY: randomBytes(32).toString('base64'),
  });
  await rm(folder, { recursive: true });
  return { name: 'xlsx-memory', value, unit: 'MiB', limit: 256 };
}

const atExit = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"))`;

/** @returns MiB @throws when it fails */
function peakOf(words: string[], settings: Record<string, string>): number {
  const cli = fileURLToPath(new URL('cli.js', import.meta.url));
  const hook = `data:text/javascript,${encodeURIComponent(atExit)}`;
  const { PATH, HOME } = process.env;
  const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', '--import', hook, cli, ...words], {
    env: { PATH, HOME, ...settings } as NodeJS.ProcessEnv,
    encoding: 'utf8',
  });
  const [, kilobytes] = /^peak (\d+)$/m.exec(stderr) ?? [];
  if (kilobytes === undefined) throw new Error(`no peak in ${stderr}`);
  return Number(kilobytes) / 1024;
}

interface Measured {
  rows: number;
  seconds: number;
  size: number;
}

async function measuredExport(ground: Ground): Promise<Measured> {
  const log = createLog('error');
  const database = openDatabase(await ground.newDatabase(), (fault) => log.error({ err: fault }));
  await migrate(database.pool);
  const campaignId = await fill(runOn(database.pool), database);
  const began = performance.now();
  const made = await makeExport(
    { database, library: createLibrary(database) },
    {
      id: newSnapshotId(),
      kind: 'answers',
      campaignId,
      units: null,
      all: true,
      language: 'zh-CN',
      by: null,
      at: '2026-07-15T00:00:00.000Z',
    },
  );
  const seconds = (performance.now() - began) / 1000;
  await database.close();
  if (made.kind !== 'made' || made.snapshot.rows !== rows) throw new Error(`not ${rows} rows`);
  return { rows, seconds, size: made.snapshot.size };
}

/** What a row of the long table holds, made beforehand and written again and again. */
async function fromMemory(): Promise<number> {
  const day = dayCell('2026-07-06');
  const batch: Rows = Array.from(
    { length: 1_000 },
    (_, n): Cell[] =>
      [n, n % 100, '交叉式抽查', `检查单位${n % 200}`, `被检查单位${n % 300}`, 1, day, '窗口检查表'].concat([
        `第${n % questions}题：窗口服务情况如何？`,
        '窗口整洁，群众等候时间不长',
        '分钟',
        n,
        1_000,
        `原话第${n}条`,
        day,
      ] as never[]) as Cell[],
  );
  const batches = function* (): Generator<Rows> {
    for (let n = 0; n < rows; n += batch.length) yield batch;
  };
  const columns = Array.from({ length: 15 }, (_, n) => ({ title: `第${n}列`, width: 12 }));
  const began = performance.now();
  const book = {
    title: 'bench',
    at: '2026-07-15T00:00:00Z',
    sheets: [{ name: 'bench', columns, rows: batches() }],
  };
  let size = 0;
  for await (const piece of writeWorkbook(book)) size += piece.length;
  if (size === 0) throw new Error('nothing was written');
  return rows / ((performance.now() - began) / 1000);
}

/** One finished checklist of 100 questions a task: choices, numbers, texts and levels, each typed in somebody's own words. */
async function fill(run: Run, { prisma }: Database): Promise<string> {
  const flow = Flow.parse({
    id: 'bench/visit',
    title: '窗口检查表',
    questions: Array.from({ length: questions }, (_, n) => {
      const base = { id: `q${n}`, label: `第${n + 1}题：窗口服务情况如何？` };
      if (n % 4 === 0) return { ...base, type: 'level' };
      if (n % 4 === 1) return { ...base, type: 'number', unit: 'minutes' };
      if (n % 4 === 2) return { ...base, type: 'choice', options: 'yes-no' };
      return { ...base, type: 'text' };
    }),
  });
  await prisma.flow.create({ data: { id: flow.id, version: 1, definition: flow } });
  const { id } = await prisma.campaign.create({
    data: {
      code: 'bench',
      title: '督查',
      zone: 'Asia/Shanghai',
      definition: {},
      startOn: '2026-06-22',
      status: 'published',
    },
  });
  const activity = randomUUID();
  await run(
    `INSERT INTO activity (id, campaign_id, code, mode, title, due_on, visits_min, visits_max, flow_id, flow_version)
     VALUES ($2::uuid, $1::uuid, 'cross', 'cross', '"交叉式抽查"', '2026-07-15', 1, 5, 'bench/visit', 1)`,
    [id, activity],
  );
  await run(
    `INSERT INTO unit (campaign_id, code, name, kind) SELECT $1::uuid, 'u' || n, to_jsonb('单位' || n), 'area'
     FROM generate_series(0, ${assignments / 100}) n`,
    [id],
  );
  await run(
    `WITH u AS (SELECT id, row_number() OVER (ORDER BY code) - 1 AS n FROM unit)
     INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on)
     SELECT $1::uuid, a.id, t.id, '2026-07-15' FROM u a, u t WHERE a.n <> t.n LIMIT ${assignments}`,
    [activity],
  );
  await run(
    `INSERT INTO session (campaign_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at, ended_at)
     SELECT $1::uuid, a.id, 'bench/visit', 1, 'completed', '{}', now(), timestamptz '2026-06-23' + a.number * interval '1 minute',
       timestamptz '2026-06-23' + a.number * interval '1 minute' + interval '1 hour' FROM assignment a`,
    [id],
  );
  await run(
    `INSERT INTO answer (session_id, question, value, said, answered_at)
     SELECT s.id, 'q' || q, CASE q % 4 WHEN 0 THEN to_jsonb(1 + (s.n + q) % 5) WHEN 1 THEN to_jsonb((s.n * 7 + q) % 240)
         WHEN 2 THEN to_jsonb((ARRAY['yes', 'no'])[1 + (s.n + q) % 2])
         ELSE to_jsonb('窗口整洁，群众等候时间不长，工作人员主动说明，第' || s.n || '次') END,
       '原话第' || (s.n + q) || '条', s.started_at + q * interval '20 seconds'
     FROM (SELECT id, started_at, row_number() OVER (ORDER BY started_at) AS n FROM session) s, generate_series(0, ${questions - 1}) q`,
    [],
  );
  await run('VACUUM ANALYZE', []);
  return id;
}

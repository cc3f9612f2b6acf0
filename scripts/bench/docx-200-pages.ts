import { monitorEventLoopDelay } from 'node:perf_hooks';
import { handClock } from '../../src/clock.ts';
import { makeReport } from '../../src/report/docx/make.ts';
import type { Block, Paper } from '../../src/report/docx/paper.ts';
import { paperOf } from '../../src/report/docx/paper-of.ts';
import { readMaterial } from '../../src/report/docx/read-material.ts';
import { charactersIn } from '../../src/report/docx/signature.ts';
import { newSnapshotId } from '../../src/short-code.ts';
import { runOn } from '../../src/store/database.ts';
import type { Run } from '../../src/store/writes.ts';
import type { Ground } from './ground.ts';
import type { Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-06-22T08:00:00+08:00';
const at = '2026-07-15T08:00:00.000Z';
const visits = 1_400;
const problems = 900;
const pagesMin = 200;
const limitMs = 10_000;

/**
 * A Word report of 200 pages, from the database to its kept snapshot: an activity with 1,400 visits in words and 900 problems. How long
 * the longest pause was in which the process answered nobody is said on stderr.
 */
export async function docx200Pages(ground: Ground): Promise<Result> {
  const { database } = await publishedSample(ground, handClock(published));
  const run = runOn(database.pool);
  const [activity] = await run<{ id: string }>('SELECT id::text FROM activity', []);
  if (activity === undefined) throw new Error('no sample');
  await fill(run);
  const scope = { activityId: activity.id, task: null };
  const pauses = monitorEventLoopDelay({ resolution: 10 });
  pauses.enable();
  const began = performance.now();
  const made = await makeReport(database, { ...scope, id: newSnapshotId(), language: 'zh-CN', by: null, at });
  const took = performance.now() - began;
  pauses.disable();
  if (made.kind !== 'made') throw new Error(`the report is ${made.kind}`);
  const material = await readMaterial(run, scope, at);
  const pages = material === null ? 0 : pagesOf(await paperOf(material, 'zh-CN'));
  await database.close();
  process.stderr.write(
    `docx-200-pages: ${pages.toFixed(0)} pages, ${(made.snapshot.size / 1e6).toFixed(2)} MB, longest pause ${(pauses.max / 1e6).toFixed(0)} ms\n`,
  );
  if (pages < pagesMin) throw new Error(`${pages} pages are no ${pagesMin}`);
  return { name: 'docx-200-pages', value: took, unit: 'ms', limit: limitMs };
}

/** At least so many pages of 22 lines of 28 characters; rows of tables are counted as one small line. */
function pagesOf({ blocks }: Paper): number {
  return blocks.reduce((lines, block) => lines + linesOf(block), 0) / 22;
}

function linesOf(block: Block): number {
  switch (block.kind) {
    case 'heading':
      return 1;
    case 'text':
      return Math.ceil((2 + charactersIn((block.lead ?? '') + block.text)) / 28);
    case 'table':
      return block.rows.length * 0.6;
    case 'picture':
      return 8;
  }
}

/** Completed checklists with words and figures, and problems that they showed. */
async function fill(run: Run): Promise<void> {
  const values = {
    concentrated: 'no',
    'concentrated-why': '部分事项仍需到原单位窗口办理，前台受理后转交后台，群众来回奔波。',
    'accepted-and-handled': { done: 17, of: 20, percent: 85 },
    'one-review': 88,
    systems: ['told-once'],
    'on-post': 'yes',
    appearance: 'yes',
    citizens: 3,
    remark: '窗口排队较长，自助设备一台停用，工作人员能够解释清楚所需材料，但没有书面一次性告知单。',
  };
  await run(
    `WITH a AS (SELECT a.id, v.campaign_id, v.flow_id, v.flow_version, row_number() OVER (ORDER BY a.number) - 1 AS n
       FROM assignment a JOIN activity v ON v.id = a.activity_id)
     INSERT INTO session (campaign_id, assignment_id, flow_id, flow_version, part, status, state, active_at, started_at, ended_at)
     SELECT a.campaign_id, a.id, a.flow_id, a.flow_version, 'visit', 'completed',
       jsonb_build_object('values', $1::jsonb || jsonb_build_object('name', '第' || i || '号综合服务窗口')), t, t, t
     FROM generate_series(1, ${visits}) i JOIN a ON a.n = i % (SELECT count(*) FROM a),
       LATERAL (SELECT timestamptz '${published}' + i * interval '10 minutes' AS t) x`,
    [JSON.stringify(values)],
  );
  await run(
    `WITH s AS (SELECT s.id, s.campaign_id, s.assignment_id, a.target_unit_id, row_number() OVER (ORDER BY s.started_at) AS n
       FROM session s JOIN assignment a ON a.id = s.assignment_id)
     INSERT INTO finding (campaign_id, assignment_id, unit_id, session_id, question, problem, opened_at)
     SELECT campaign_id, assignment_id, target_unit_id, id, 'concentrated',
       to_jsonb((ARRAY['“两集中两到位”未落实', '一次性告知落实不好', '既受理又办理的事项未达到90%'])[n % 3 + 1]), now()
     FROM s WHERE n <= ${problems}`,
    [],
  );
}

import { handClock } from '../../src/clock.ts';
import { drawingPng } from '../../src/report/charts/png.ts';
import { type About, drawPicture } from '../../src/report/picture.ts';
import { type Database, runOn } from '../../src/store/database.ts';
import { pictureKinds } from '../../src/store/later.ts';
import { createLibrary } from '../../src/store/library.ts';
import type { Run } from '../../src/store/writes.ts';
import type { Ground } from './ground.ts';
import { median, type Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-06-22T08:00:00+08:00';
const now = '2026-07-16T02:00:00.000Z';
const counties = 50;
const units = 5_000;
const assignments = 10_000;
const findings = 50_000;
const ratings = 20_000;
const rounds = 15;
const limitMs = 300;

/**
 * A picture as a chat gets it, from the query to the PNG, with 10,000 tasks, 50,000 problems and 20,000 ratings (answers to
 * checklists are read by none): the slowest kind by its median. How long its three parts take is said on stderr.
 */
export async function chartPng(ground: Ground): Promise<Result> {
  const { database, campaignId } = await publishedSample(ground, handClock(published));
  await fill(runOn(database.pool));
  const took = await measure(database, campaignId);
  await database.close();
  const shown = Object.entries(took).map(
    ([kind, { read, draw }]) => `${kind} ${read.toFixed(0)} + ${draw.toFixed(0)} ms`,
  );
  process.stderr.write(`chart-png: reading and drawing, then the PNG, medians: ${shown.join(', ')}\n`);
  const slowest = Math.max(...Object.values(took).map(({ all }) => all));
  return { name: 'chart-png', value: slowest, unit: 'ms', limit: limitMs };
}

interface Took {
  read: number;
  draw: number;
  all: number;
}

async function measure(database: Database, campaignId: string): Promise<Record<string, Took>> {
  const run = runOn(database.pool);
  const facts = await createLibrary(database).campaign(campaignId);
  const about: About = { title: '测速', unit: null, facts, at: now, language: 'zh-CN' };
  const took: Record<string, Took> = {};
  for (const kind of [...pictureKinds, 'overview'] as const) {
    const times: Took[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const began = performance.now();
      const scope = { campaignId, unitId: null, secrets: [], all: true, compares: true };
      const drawing = await drawPicture(run, { kind, ...scope }, about);
      const read = performance.now() - began;
      const png = await drawingPng(drawing);
      const all = performance.now() - began;
      if (png.length < 5_000 || drawing.height < 150) throw new Error(`${kind}: hardly a picture`);
      // The first opens the font and plans the statements: that is once for a process.
      if (round > 0) times.push({ read, draw: all - read, all });
    }
    const middle = (of: keyof Took) => median(times.map((one) => one[of]));
    took[kind] = { read: middle('read'), draw: middle('draw'), all: middle('all') };
  }
  return took;
}

async function fill(run: Run): Promise<void> {
  await run(
    `WITH county AS (
       INSERT INTO unit (campaign_id, code, name, kind)
       SELECT id, 'county-' || n, to_jsonb('第' || n || '县人民政府'), 'area' FROM campaign, generate_series(1, ${counties}) n
       RETURNING id, campaign_id, substr(code, 8)::int AS n)
     INSERT INTO unit (campaign_id, code, name, kind, parent_id)
     SELECT c.campaign_id, 'bench-' || i, to_jsonb('单位' || i), 'department', c.id
     FROM generate_series(1, ${units}) i JOIN county c ON c.n = 1 + i % ${counties}`,
    [],
  );
  await run(
    `WITH u AS (SELECT id, row_number() OVER (ORDER BY length(code), code) - 1 AS n FROM unit WHERE code LIKE 'bench-%')
     INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, reported_at)
     SELECT v.id, a.id, t.id, CASE WHEN a.n % 3 = 0 THEN '2026-07-10' ELSE '2026-07-30' END,
       CASE WHEN a.n % 2 = 0 THEN now() END
     FROM (SELECT id FROM activity LIMIT 1) v, generate_series(1, ${assignments / units}) k, u a
     JOIN u t ON true WHERE t.n = (a.n + k) % ${units}`,
    [],
  );
  await run(
    `WITH u AS (SELECT id, row_number() OVER (ORDER BY length(code), code) - 1 AS n FROM unit WHERE code LIKE 'bench-%')
     INSERT INTO finding (campaign_id, unit_id, problem, status, stage, due_on, opened_at, category)
     SELECT c.id, u.id, to_jsonb('窗口在工作时间无人值守'::text), CASE WHEN i % 3 = 0 THEN 'closed' ELSE 'open' END,
       CASE WHEN i % 5 > 0 THEN 'working' END,
       CASE WHEN i % 5 > 0 THEN (date '2026-07-01' + i % 61)::text END,
       timestamptz '2026-06-22 10:00+08' - (i % 70) * interval '1 day' + interval '23 days', '类别' || i % 20
     FROM campaign c, generate_series(1, ${findings}) g(i) JOIN u ON u.n = i % ${units}`,
    [],
  );
  await run(
    `INSERT INTO finding_event (finding_id, seq, at, kind)
     SELECT id, 1, opened_at + interval '5 days', 'close' FROM finding WHERE status = 'closed'`,
    [],
  );
  await run(
    `WITH u AS (SELECT id, row_number() OVER (ORDER BY length(code), code) - 1 AS n FROM unit WHERE code LIKE 'bench-%')
     INSERT INTO rating (campaign_id, set_version, flow_id, flow_version, unit_id, source, day, level, answers)
     SELECT c.id, 1, f.id, f.version, u.id, 'scan', date '2026-06-22' + i % 24, 1 + i % 5, '{}'
     FROM campaign c, (SELECT id, version FROM flow WHERE id LIKE '%/citizen' LIMIT 1) f, generate_series(1, ${ratings}) g(i)
     JOIN u ON u.n = i % ${units}`,
    [],
  );
  await run('VACUUM ANALYZE', []);
}

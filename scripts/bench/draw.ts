import { handClock } from '../../src/clock.ts';
import { beginDraw, runDraw } from '../../src/conversation/draws.ts';
import { inTransaction, runOn } from '../../src/store/database.ts';
import type { StoredDraw } from '../../src/store/draws.ts';
import type { Run } from '../../src/store/writes.ts';
import type { Ground } from './ground.ts';
import { median, type Result } from './result.ts';
import { draftSample } from './sample.ts';

const begun = '2026-06-22T08:00:00+08:00';
const windows = 100_000;
const halls = 1_000;
const drawn = 5_000;
const rounds = 7;
const limitMs = 1_000;

/** 5,000 of 100,000 registered windows: the register read and frozen, drawn, fingerprinted, and the record on the disk. */
export async function draw(ground: Ground): Promise<Result> {
  const { database } = await draftSample(ground, handClock(begun));
  const place = await register(runOn(database.pool));
  const tooks: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const draw = await inTransaction(database.pool, (run) => sealed(run, place, `round ${round}`));
    const began = performance.now();
    await inTransaction(database.pool, (run) => make(run, draw));
    tooks.push(performance.now() - began);
  }
  await database.close();
  return { name: 'draw', value: median(tooks), unit: 'ms', limit: limitMs };
}

interface Place {
  campaignId: string;
  unitId: string;
}

/** What comes before, and is not counted: the seed, and its hash told. */
async function sealed(run: Run, { campaignId }: Place, reason: string): Promise<StoredDraw> {
  const subject = { kind: 'windows', unit: 'haiyan', area: '海盐县' } as const;
  const plan = { kind: 'sample', take: { count: drawn }, each: null, weighted: false } as const;
  return (await beginDraw(run, { campaignId, activity: null, subject, plan, reason }, null, begun)).draw;
}

async function make(run: Run, draw: StoredDraw): Promise<void> {
  const made = await runDraw(run, draw, null, begun);
  if (made.kind !== 'made' || made.record.result.kind !== 'sample') throw new Error(`not made: ${made.kind}`);
  const { frame, result } = made.record;
  if (frame.members.length !== windows || result.drawn.length !== drawn)
    throw new Error(`${result.drawn.length} of ${frame.members.length} were drawn`);
}

/** Windows in halls of one county. */
async function register(run: Run): Promise<Place> {
  const [place] = await run<Place>(
    `SELECT campaign_id::text AS "campaignId", id::text AS "unitId" FROM unit WHERE code = 'haiyan'`,
    [],
  );
  if (place === undefined) throw new Error('the sample has no Haiyan');
  await run(
    `WITH halls AS (
       INSERT INTO unit (campaign_id, code, name, kind, parent_id)
       SELECT $1::uuid, 'hall-' || n, to_jsonb('第' || n || '便民服务大厅'), 'hall', $2::uuid
       FROM generate_series(1, $3::int) n RETURNING id, code)
     INSERT INTO unit (campaign_id, code, name, kind, parent_id)
     SELECT $1::uuid, h.code || '-window-' || n, to_jsonb(n || '号综合受理窗口'), 'window', h.id
     FROM halls h CROSS JOIN generate_series(1, $4::int / $3::int) n`,
    [place.campaignId, place.unitId, halls, windows],
  );
  await run('VACUUM ANALYZE unit', []);
  return place;
}

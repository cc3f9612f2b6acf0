import { readFile } from 'node:fs/promises';
import { machineClock } from '../../src/clock.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { publishCampaign } from '../../src/conversation/publish.ts';
import { appendAudit } from '../../src/store/audit.ts';
import { type Database, inTransaction, runOn } from '../../src/store/database.ts';
import { gather } from './crowd.ts';
import type { Ground } from './ground.ts';
import { assignmentsTotal, largeCampaign, unitsTotal } from './large-campaign.ts';
import { atPace } from './pace.ts';
import { percentile, type Result } from './result.ts';

const msMax = 60_000;
/** How much slower the slowest turns may be meanwhile. */
const slowerMax = 3;
const people = 100;
const perSecond = 50;
const idleSeconds = 10;

/**
 * Publishing the large campaign, every unit with an inspector who is told of each task, in the very process that takes the
 * turns of others. Fails too when the 99th percentile of a turn is meanwhile over three times that of the same run's idle
 * seconds, before and after.
 */
export async function publish(ground: Ground): Promise<Result> {
  const crowd = await gather(ground, people);
  const { database } = crowd;
  const campaignId = await prepare(database);
  let turns = 0;
  const answer = () => crowd.answer(crowd.people[turns++ % people] ?? '');
  // The first second warms the plans and the compiler up.
  await atPace(perSecond, perSecond, answer);
  const idle = await atPace(perSecond, perSecond * idleSeconds, answer);
  let isPublished = false;
  const began = performance.now();
  const publication = publishIt(database, campaignId).then(() => {
    isPublished = true;
    return performance.now() - began;
  });
  const meanwhile: number[] = [];
  while (!isPublished) meanwhile.push(...(await atPace(perSecond, perSecond / 5, answer)));
  const value = await publication;
  // Before and after: what the machine itself does to a turn changes from one minute to the next.
  idle.push(...(await atPace(perSecond, perSecond * idleSeconds, answer)));
  await check(database);
  await crowd.close();
  judge(idle, meanwhile);
  return { name: 'publish', value, unit: 'ms', limit: msMax };
}

function judge(idle: number[], meanwhile: number[]): void {
  const [before, during] = [percentile(idle, 0.99), percentile(meanwhile, 0.99)];
  const words = `the 99th percentile of a turn was ${during.toFixed(1)} ms meanwhile (${meanwhile.length} turns), ${before.toFixed(1)} ms idle`;
  process.stderr.write(`publish: ${words}\n`);
  if (during > before * slowerMax) throw new Error(words);
}

async function publishIt(database: Database, campaignId: string): Promise<void> {
  const result = await inTransaction(database.pool, async (run) => {
    const done = await publishCampaign(run, campaignId, machineClock.now().toISOString());
    if (done.kind === 'published') await appendAudit(run, done.audit);
    return done;
  });
  if (result.kind !== 'published') throw new Error(`the campaign is ${result.kind}`);
}

/** Loads the campaign and binds an inspector to each of its units. */
async function prepare(database: Database): Promise<string> {
  const large = await largeCampaign();
  try {
    const loaded = await loadCampaign(database, await readFile(large.file, 'utf8'), {
      start: machineClock.now().toISOString().slice(0, 10),
      path: large.file,
      clock: machineClock,
    });
    if (loaded.faults !== undefined) throw new Error(`the campaign has ${loaded.faults.length} faults`);
    const run = runOn(database.pool);
    await run(
      `WITH units AS (SELECT id, campaign_id, code FROM unit WHERE campaign_id = $1::uuid AND kind <> 'window'),
       people AS (
         INSERT INTO contact (address, language)
         SELECT 'slack:T1/' || code, 'zh-CN' FROM units RETURNING id, address),
       urns AS (INSERT INTO urn (urn, contact_id) SELECT address, id FROM people)
       INSERT INTO membership (contact_id, campaign_id, unit_id, role)
       SELECT p.id, u.campaign_id, u.id, 'inspector' FROM people p JOIN units u ON p.address = 'slack:T1/' || u.code`,
      [loaded.campaignId],
    );
    await run('VACUUM ANALYZE', []);
    return loaded.campaignId;
  } finally {
    await large.remove();
  }
}

/** A publication that told nobody would be none. */
async function check(database: Database): Promise<void> {
  const [row] = await runOn(database.pool)<{ tasks: number; told: number; people: number }>(
    `SELECT (SELECT count(*)::int FROM assignment) AS tasks, count(*)::int AS told,
       count(DISTINCT contact_id)::int AS people FROM outbox WHERE key LIKE 'publish:%'`,
    [],
  );
  const { tasks = 0, told = 0, people: reached = 0 } = row ?? {};
  if (tasks !== assignmentsTotal || told !== assignmentsTotal || reached !== unitsTotal)
    throw new Error(`${tasks} tasks, ${told} messages to ${reached} people`);
}

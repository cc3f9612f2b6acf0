import { handClock } from '../../src/clock.ts';
import { type RemindOptions, sendDueReminders } from '../../src/conversation/remind.ts';
import { createLog } from '../../src/log.ts';
import { runOn } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import type { Run } from '../../src/store/writes.ts';
import type { Ground } from './ground.ts';
import { median, type Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-06-22T08:00:00+08:00';
/** Three workdays before the sample's deadline. */
const reminding = '2026-07-10T09:00:00+08:00';
const due = 100;
const few = 1_000;
const many = 100_000;
const rounds = 25;
/** The most that a hundred times as many open assignments may cost. */
const growthMax = 2;

/** One tick that reminds a hundred inspectors, among many open assignments and among few, taken in turns. */
export async function reminderTick(ground: Ground): Promise<Result> {
  const [small, large] = [await openOffice(ground, few), await openOffice(ground, many)];
  const tooks: { small: number[]; large: number[] } = { small: [], large: [] };
  for (let round = 0; round < rounds; round += 1) {
    tooks.small.push(await small.tick());
    tooks.large.push(await large.tick());
  }
  await small.close();
  await large.close();
  const limit = median(tooks.small) * growthMax;
  return { name: 'reminder-tick', value: median(tooks.large), unit: 'ms', limit };
}

interface Office {
  /** @returns how long it took, ms */
  tick(): Promise<number>;
  close(): Promise<void>;
}

async function openOffice(ground: Ground, open: number): Promise<Office> {
  const clock = handClock(published);
  const { database } = await publishedSample(ground, clock);
  const run = runOn(database.pool);
  const log = createLog('error');
  await giveOut(run, open);
  clock.set(reminding);
  const options: RemindOptions = { database, library: createLibrary(database), clock, log };
  return {
    tick: async () => {
      await makeDue(run);
      const began = performance.now();
      const reminded = await sendDueReminders(options, 500);
      const took = performance.now() - began;
      if (reminded !== due) throw new Error(`${reminded} were reminded, not ${due}`);
      return took;
    },
    close: database.close,
  };
}

/** Open assignments of units that each have one inspector; everybody inspects the same number of others. */
async function giveOut(run: Run, open: number): Promise<void> {
  const each = Math.ceil(open / due);
  await run(
    `WITH units AS (
       INSERT INTO unit (campaign_id, code, name, kind)
       SELECT id, 'bench-' || n, to_jsonb('单位' || n), 'area' FROM campaign, generate_series(1, ${Math.max(due, each) + 1}) n
       RETURNING id, campaign_id, code),
     people AS (
       INSERT INTO contact (address, language)
       SELECT 'slack:T1/' || code, 'zh-CN' FROM units RETURNING id, address),
     urns AS (INSERT INTO urn (urn, contact_id) SELECT address, id FROM people)
     INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT p.id, u.campaign_id, u.id, 'inspector' FROM people p JOIN units u ON p.address = 'slack:T1/' || u.code`,
    [],
  );
  await run(
    `INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, remind_at)
     SELECT v.id, s.id, t.id, v.due_on, '2027-01-01' FROM (SELECT id, due_on FROM activity LIMIT 1) v,
       (SELECT id, code FROM unit WHERE code LIKE 'bench-%' LIMIT ${due}) s
       CROSS JOIN LATERAL (SELECT id FROM unit o WHERE code LIKE 'bench-%' AND o.id <> s.id LIMIT ${each}) t`,
    [],
  );
  const [row] = await run<{ n: number }>(
    `SELECT count(*)::int AS n FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE u.code LIKE 'bench-%'`,
    [],
  );
  if (row?.n !== open) throw new Error(`${row?.n} assignments are open, not ${open}`);
  await run('VACUUM ANALYZE', []);
}

/** One assignment of each assignee is due, as if it had never been reminded of. */
async function makeDue(run: Run): Promise<void> {
  await run('DELETE FROM outbox', []);
  await run('DELETE FROM reminder', []);
  await run(`UPDATE assignment SET remind_at = '2027-01-01' WHERE remind_at < '2027-01-01'`, []);
  await run(
    `UPDATE assignment SET remind_at = $1 WHERE id IN (
       SELECT DISTINCT ON (assignee_unit_id) a.id FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id
       WHERE u.code LIKE 'bench-%' ORDER BY assignee_unit_id, a.id)`,
    [new Date(reminding).toISOString()],
  );
}

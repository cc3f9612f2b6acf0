import { handClock } from '../../src/clock.ts';
import { type Light, ledgerLines } from '../../src/conversation/ledger-lines.ts';
import { type Database, runIn, runOn } from '../../src/store/database.ts';
import type { LedgerScope } from '../../src/store/ledger-pages.ts';
import { createLibrary } from '../../src/store/library.ts';
import type { Run } from '../../src/store/writes.ts';
import { addFindings, addTasks, addUnits } from './desk-data.ts';
import type { Ground } from './ground.ts';
import { median, type Result } from './result.ts';
import { publishedSample } from './sample.ts';

const published = '2026-06-22T08:00:00+08:00';
const today = '2026-07-06';
const units = 10_000;
const tasks = 50_000;
const findings = 100_000;
/** Of all findings, those of one unit that has far more than any other. */
const heaviest = 5_000;
const rounds = 60;
const limitMs = 50;

/**
 * A page of the ledger as a command makes it: counted by lamp and read, with 50,000 assignments and 100,000 problems in the
 * campaign. The slowest of: units by chance, the first and the last page of the unit with most problems. What the
 * coordinators' page of the whole campaign takes, which counts them all, is said on stderr.
 */
export async function ledgerPage(ground: Ground): Promise<Result> {
  const { database, campaignId } = await publishedSample(ground, handClock(published));
  await fill(runOn(database.pool));
  const { calendar, ledger } = await createLibrary(database).campaign(campaignId);
  const light: Light = { lamps: ledger.lamps, today, calendar };
  const { campaign: all, ...took } = await measure(database, campaignId, light);
  await database.close();
  const shown = Object.entries(took).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`);
  process.stderr.write(
    `ledger-page: medians: ${shown.join(', ')}; the whole campaign ${all.toFixed(1)} ms\n`,
  );
  return { name: 'ledger-page', value: Math.max(...Object.values(took)), unit: 'ms', limit: limitMs };
}

async function measure(
  database: Database,
  campaignId: string,
  light: Light,
): Promise<Record<'a unit' | 'the heaviest unit' | 'its last page' | 'campaign', number>> {
  const run = runOn(database.pool);
  const ids = await run<{ id: string }>(
    `SELECT id::text FROM unit WHERE code LIKE 'bench-%' ORDER BY length(code), code`,
    [],
  );
  const of = (index: number): LedgerScope => ({ units: [ids[index]?.id ?? ''], all: true });
  const page = async (scope: LedgerScope, number: number): Promise<number> => {
    const began = performance.now();
    const found = await database.prisma.$transaction((own) => ledgerLines(runIn(own), scope, number, light));
    const ms = performance.now() - began;
    if (found.lines.length < 2) throw new Error('a page without entries');
    return ms;
  };
  const times = async (work: (round: number) => Promise<number>): Promise<number> => {
    const all: number[] = [];
    for (let round = 0; round < rounds; round += 1) all.push(await work(round));
    return median(all);
  };
  return {
    'a unit': await times((round) => page(of(1 + ((round * 7919) % (units - 1))), 1)),
    'the heaviest unit': await times(() => page(of(0), 1)),
    'its last page': await times(() => page(of(0), heaviest / 10)),
    campaign: await times(() => page({ campaign: campaignId, all: true }, 1)),
  };
}

/** Problems in every stage, due around today, each with its record; a tenth of them closed. */
async function fill(run: Run): Promise<void> {
  await addUnits(run, units);
  await addTasks(run, { tasks, units, today });
  const unitOf = `CASE WHEN i < ${Math.ceil((heaviest * 10) / 9)} THEN 0 ELSE 1 + i % ${units - 1} END`;
  await addFindings(run, { findings, today, unitOf });
  await run(
    `INSERT INTO rectification (finding_id, campaign_id, unit_id, state, record)
     SELECT id, campaign_id, unit_id, stage, jsonb_build_object('task', jsonb_build_object('kind', 'dated', 'dueOn', due_on),
       'requirement', repeat('整改要求', 40)) FROM finding WHERE stage IS NOT NULL`,
    [],
  );
  await run('VACUUM ANALYZE', []);
}

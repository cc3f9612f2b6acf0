// npm run bench [-- --json] [-- name …]: each figure against its limit, measured in the same run where it can be. Ends
// with 1 when one is missed.
import { chartPng } from './chart-png.ts';
import { dashboard } from './dashboard.ts';
import { docx200Pages } from './docx-200-pages.ts';
import { draw } from './draw.ts';
import { dryRun } from './dry-run.ts';
import { engineSteps } from './engine-steps.ts';
import { type Ground, openGround } from './ground.ts';
import { ledgerPage } from './ledger-page.ts';
import { longFlowTurn } from './long-flow-turn.ts';
import { publish } from './publish.ts';
import { ratingP99 } from './rating-p99.ts';
import { ratingThroughput } from './rating-throughput.ts';
import { reminderTick } from './reminder-tick.ts';
import { holds, measured, type Result } from './result.ts';
import { results1m, results5m } from './results.ts';
import { slackRoundtrip } from './slack-roundtrip.ts';
import { memory, start } from './start.ts';
import { status1m, status10m } from './status.ts';
import { turnP99 } from './turn-p99.ts';
import { turnThroughput } from './turn-throughput.ts';
import { xlsxMemory, xlsxRows } from './xlsx.ts';

/** By the names of what they measure. */
const benches: Record<string, (ground: Ground) => Promise<Result>> = {
  'turn-throughput': turnThroughput,
  'turn-p99': turnP99,
  'engine-steps': engineSteps,
  'long-flow-turn': longFlowTurn,
  'slack-roundtrip': slackRoundtrip,
  'reminder-tick': reminderTick,
  'dry-run': dryRun,
  publish,
  draw,
  'ledger-page': ledgerPage,
  'status-1m': status1m,
  'status-10m': status10m,
  dashboard,
  'chart-png': chartPng,
  'docx-200-pages': docx200Pages,
  'xlsx-rows': xlsxRows,
  'xlsx-memory': xlsxMemory,
  'rating-throughput': ratingThroughput,
  'rating-p99': ratingP99,
  'results-1m': results1m,
  'results-5m': results5m,
  start,
  memory,
};

const words = process.argv.slice(2);
const json = words.includes('--json');
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}

const ground = await openGround();
try {
  for (const [name, bench] of Object.entries(benches))
    if (wanted.length === 0 || wanted.includes(name)) report(await bench(ground));
} finally {
  await ground.close();
}

function report(result: Result): void {
  const shown = measured(result);
  if (!holds(shown)) process.exitCode = 1;
  if (json) process.stdout.write(`${JSON.stringify(shown)}\n`);
  else
    process.stdout.write(
      `${shown.name.padEnd(18)} ${String(shown.value).padStart(10)} ${shown.unit.padEnd(8)} limit ${String(shown.limit).padStart(10)}  ratio ${shown.ratio}\n`,
    );
}

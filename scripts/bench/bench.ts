// npm run bench [-- --json] [-- name …]: what a turn costs, against a limit measured in the same run.
import { engineSteps } from './engine-steps.ts';
import { openGround } from './ground.ts';
import { measured, type Result } from './result.ts';
import { turnP99 } from './turn-p99.ts';
import { turnThroughput } from './turn-throughput.ts';

const benches = { 'turn-throughput': turnThroughput, 'turn-p99': turnP99, 'engine-steps': engineSteps };

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
    if (wanted.length === 0 || wanted.includes(name)) for (const result of await bench(ground)) print(result);
} finally {
  await ground.close();
}

function print(result: Result): void {
  const shown = measured(result);
  if (json) process.stdout.write(`${JSON.stringify(shown)}\n`);
  else
    process.stdout.write(
      `${shown.name.padEnd(18)} ${String(shown.value).padStart(10)} ${shown.unit.padEnd(8)} limit ${String(shown.limit).padStart(10)}  ratio ${shown.ratio}\n`,
    );
}

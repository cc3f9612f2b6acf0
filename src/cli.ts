import { setFlagsFromString } from 'node:v8';

// A command is short: what V8 lays by for new objects while modules are loaded (48 MB) it would hold to the end of an export. So this
// comes before all of them.
setFlagsFromString('--semi-space-growth-factor=1');
const { run } = await import('./cli/run.ts');
process.exitCode = await run(process.argv.slice(2));

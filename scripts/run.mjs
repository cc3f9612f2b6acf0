// Bundles src/ (a fraction of a second) and runs dist/<name>.js in this same process: a signal to npm then reaches the program itself.
import { stop } from 'esbuild';
import { make } from './build.mjs';

const [name, ...words] = process.argv.slice(2);
await make();
await stop();
const program = new URL(`../dist/${name}.js`, import.meta.url);
process.argv.splice(1, process.argv.length, program.pathname, ...words);
await import(program.href);

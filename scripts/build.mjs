// Makes dist/ (or the folder named as its argument) from src/ in a fraction of a second, and the Prisma client when the
// schema is newer than it.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const client = 'src/store/prisma/client.ts';
const schema = 'prisma/schema.prisma';
if (!existsSync(client) || statSync(client).mtimeMs < statSync(schema).mtimeMs) {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  execFileSync(process.execPath, [prisma, 'generate'], { stdio: ['ignore', 'ignore', 'pipe'] });
}

// Node wants an attribute on JSON imports that our sources, which other tools read too, don't carry: JSON is bundled.
const jsonOfPackages = {
  name: 'json-of-packages',
  setup: (builder) => {
    const require = createRequire(import.meta.url);
    builder.onResolve({ filter: /^[^./].*\.json$/ }, ({ path }) => ({ path: require.resolve(path) }));
  },
};

await build({
  entryPoints: {
    main: 'src/main.ts',
    cli: 'src/cli.ts',
    demo: 'scripts/demo/demo.ts',
    bench: 'scripts/bench/bench.ts',
  },
  outdir: process.argv[2] ?? 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  plugins: [jsonOfPackages],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  loader: { '.sql': 'text' },
  logLevel: 'warning',
});

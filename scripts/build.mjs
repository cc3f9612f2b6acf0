import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

// Node wants an attribute on JSON imports that our sources, which other tools read too, don't carry: JSON is bundled.
const jsonOfPackages = {
  name: 'json-of-packages',
  setup: (builder) => {
    const require = createRequire(import.meta.url);
    builder.onResolve({ filter: /^[^./].*\.json$/ }, ({ path }) => ({ path: require.resolve(path) }));
  },
};

/** Makes `folder` from src/ in a fraction of a second, and the Prisma client when the schema is newer than it. */
export async function make(folder = 'dist') {
  generateClient();
  await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'src/main.ts',
      cli: 'src/cli.ts',
      demo: 'scripts/demo/demo.ts',
      bench: 'scripts/bench/bench.ts',
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    plugins: [jsonOfPackages],
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    loader: { '.sql': 'text' },
    logLevel: 'warning',
  });
}

function generateClient() {
  const made = `${root}src/store/prisma/client.ts`;
  if (existsSync(made) && statSync(made).mtimeMs >= statSync(`${root}prisma/schema.prisma`).mtimeMs) return;
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  execFileSync(process.execPath, [prisma, 'generate'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Chunks bear the hash of their content: what older sources left would lie there for good. */
async function clear(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  await Promise.all(files.map(({ name }) => rm(path.join(folder, name))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder] = process.argv;
  if (folder === undefined) await clear(path.join(root, 'dist'));
  await make(folder);
}

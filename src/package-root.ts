import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: this code runs from `src/` in tests and, bundled, from `dist/`. */
export function packageRoot(from: string = fileURLToPath(import.meta.url)): string {
  const parent = path.dirname(from);
  if (parent === from) throw new Error('no package.json above the running code');
  return existsSync(path.join(parent, 'package.json')) ? parent : packageRoot(parent);
}

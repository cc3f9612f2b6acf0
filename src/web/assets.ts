import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type RequestHandler, Router } from 'express';
import { packageRoot } from '../package-root.ts';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** Files of a page, in memory. */
export interface Assets<Use extends string> {
  /** Where a page finds each. */
  paths: Record<Use, string>;
  router: Router;
}

/**
 * Serves files of src/web/<folder>/assets under `/<folder>/<version>/<name>`: a new version has a new address, so that a phone
 * keeps the old one for as long as it likes.
 * @param files names by what they are used for
 */
export function assetsOf<Use extends string>(folder: string, files: Record<Use, string>): Assets<Use> {
  const router = Router();
  const paths: Partial<Record<Use, string>> = {};
  for (const use of Object.keys(files) as Use[]) {
    const name = files[use];
    const bytes = readFileSync(path.join(packageRoot(), 'src', 'web', folder, 'assets', name));
    const version = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
    const at = `/${folder}/${version}/${name}`;
    router.get(at, send(types[path.extname(name)] ?? 'application/octet-stream', bytes));
    paths[use] = at;
  }
  return { paths: paths as Record<Use, string>, router };
}

function send(type: string, bytes: Buffer): RequestHandler {
  return (_request, response) => {
    response.set({
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    });
    response.type(type).send(bytes);
  };
}

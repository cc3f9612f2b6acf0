import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type RequestHandler, Router } from 'express';
import { packageRoot } from '../../package-root.ts';

const folder = path.join(packageRoot(), 'src', 'web', 'survey', 'assets');
const files = {
  style: { name: 'survey.css', type: 'text/css' },
  script: { name: 'survey.js', type: 'text/javascript' },
  icon: { name: 'icon.svg', type: 'image/svg+xml' },
} as const;

const read = (name: string) => readFileSync(path.join(folder, name));
const known = (['style', 'script', 'icon'] as const).map((use) => {
  const { name, type } = files[use];
  const bytes = read(name);
  // A new version has a new address, so that a phone keeps the old one for as long as it likes.
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return { use, type, bytes, path: `/survey/${version}/${name}` };
});

const pathOf = (use: keyof typeof files) => known.find((one) => one.use === use)?.path ?? '';

/** Where a page finds its style, its script and its icon. */
export const assetPaths = { style: pathOf('style'), script: pathOf('script'), icon: pathOf('icon') };

/** The three files, from memory. */
export function assetsRouter(): Router {
  const router = Router();
  for (const { path: at, type, bytes } of known) router.get(at, send(type, bytes));
  return router;
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

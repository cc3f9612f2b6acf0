import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.ts';

const root = packageRoot();
/** Forbidden imports, planted in a file of their own beside the real ones. */
const planted: [rule: string, file: string, code: string][] = [
  ['pure-parts-import-only-libraries-of-values', 'src/flow/planted-1.ts', "import 'node:fs';"],
  ['pure-parts-import-only-libraries-of-values', 'src/campaign/planted-2.ts', "import 'i18next';"],
  ['flow-knows-nobody', 'src/flow/planted-3.ts', "import '../campaign/day.ts';"],
  ['channels-are-thin', 'src/channels/planted-4.ts', "import '../store/database.ts';"],
  ['store-below-use-cases', 'src/store/planted-5.ts', "import '../conversation/turn.ts';"],
  ['prisma-stays-in-the-store', 'src/commands/planted-6.ts', "import '@prisma/client';"],
  ['use-cases-without-network', 'src/conversation/planted-7.ts', "import 'express';"],
  ['campaign-below-satisfaction', 'src/campaign/planted-8.ts', "import '../satisfaction/wilson.ts';"],
  ['one-channel-knows-no-other', 'src/channels/slack/planted-9.ts', "import '../wechat/channel.ts';"],
  ['nobody-imports-the-root', 'src/commands/planted-10.ts', "import '../app.ts';"],
  ['no-circles', 'src/campaign/planted-11.ts', "import './planted-12.ts';"],
  ['no-circles', 'src/campaign/planted-12.ts', "import './planted-11.ts';"],
];

const remove = () => {
  for (const [, file] of planted) rmSync(path.join(root, file), { force: true });
};
beforeAll(() => {
  for (const [, file, code] of planted) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), `${code}\nexport {};\n`);
  }
});
afterAll(remove);

it('finds every planted violation, and no other', { timeout: 120_000 }, async () => {
  const options = await extractDepcruiseOptions(path.join(root, '.dependency-cruiser.cjs'));
  const tsConfig = extractTSConfig(path.join(root, 'tsconfig.json'));
  const { output } = await cruise(['src'], { ...options, baseDir: root }, undefined, { tsConfig });
  const found = (output as ICruiseResult).summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
  // A circle is told once, from where it is met first.
  const expected = planted.slice(0, -1).map(([rule, file]) => `${rule} ${file}`);
  const orphans = found.filter((one) => one.startsWith('no-orphans'));
  expect(found.filter((one) => !orphans.includes(one)).sort()).toEqual(expected.sort());
});

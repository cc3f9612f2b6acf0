// npm run demo [-- en]: the story of the README by itself, on the real engine and a real database; only the clock is moved.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { handClock } from '../../src/clock.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import type { Language } from '../../src/flow/text.ts';
import { keysFrom } from '../../src/keys.ts';
import { createLog } from '../../src/log.ts';
import { packageRoot } from '../../src/package-root.ts';
import { createService } from '../../src/service.ts';
import { openStore } from '../../src/store/open.ts';
import { openStage } from './stage.ts';
import { printStored } from './stored.ts';
import { story } from './story.ts';

const language: Language = process.argv.includes('en') ? 'en' : 'zh-CN';
const folder = await mkdtemp(path.join(tmpdir(), 'duban-demo-'));
await chmod(folder, 0o711);
const log = createLog('error');
const store = await openStore({ dataDir: folder, databaseUrl: null }, log, true);
const clock = handClock('2026-06-22T08:30:00+08:00');
const { database } = store;
const service = await createService({
  ...{ database, clock, rehearsal: false, log },
  keys: keysFrom(randomBytes(32)),
  publicUrl: () => 'http://localhost:8080',
});
const file = 'campaigns/jiaxing-2014.yaml';
const text = await readFile(path.join(packageRoot(), file), 'utf8');
const loaded = await loadCampaign(database, text, { start: '2026-06-22', path: file, clock, console: true });
if (loaded.faults !== undefined) throw new Error(`${file} has faults`);
const stage = await openStage(service, database, clock, language);
try {
  for (const scene of story(language)) await stage.play(scene);
  await printStored(database, language);
} finally {
  await service.stop();
  await store.close();
  await rm(folder, { recursive: true, force: true });
}

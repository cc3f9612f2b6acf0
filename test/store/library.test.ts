import { expect, test } from 'vitest';
import { inTransaction, openDatabase } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import { openStage, publishedSample } from '../conversation/campaign-stage.ts';

test('whoever holds the last connection of the pool can look up a campaign and its questionnaires', async () => {
  const stage = await openStage('2026-06-22T08:00:00+08:00');
  const campaignId = await publishedSample(stage);
  const [flow] = await stage.query<{ id: string; version: number }>('SELECT id, version FROM flow LIMIT 1');
  const database = openDatabase({ ...stage.database.pool.options, max: 1 }, () => undefined);
  const library = createLibrary(database);
  await inTransaction(database.pool, async (run) => {
    await run('SELECT 1', []);
    expect((await library.campaign(campaignId)).zone).toBe('Asia/Shanghai');
    expect((await library.flow(flow?.id ?? '', flow?.version ?? 0)).questions).not.toEqual([]);
  });
  await database.close();
}, 10_000);

import type { Clock } from '../../src/clock.ts';
import { publishCampaign } from '../../src/conversation/publish.ts';
import { createLog } from '../../src/log.ts';
import { loadSample } from '../../src/sample.ts';
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Ground } from './ground.ts';

export interface Sample {
  database: Database;
  campaignId: string;
  code: string;
}

/**
 * The sample campaign in a database of its own, published at the clock's moment.
 * @param personas whether the console's people are in it
 */
export async function publishedSample(ground: Ground, clock: Clock, personas = false): Promise<Sample> {
  const sample = await draftSample(ground, clock, personas);
  const at = clock.now().toISOString();
  const published = await inTransaction(sample.database.pool, (run) =>
    publishCampaign(run, sample.campaignId, at),
  );
  if (published.kind !== 'published') throw new Error(`the sample was not published: ${published.kind}`);
  return sample;
}

/** The same, as it was loaded. */
export async function draftSample(ground: Ground, clock: Clock, personas = false): Promise<Sample> {
  const log = createLog('error');
  const database = openDatabase(await ground.newDatabase(), (fault) => log.error({ err: fault }));
  await migrate(database.pool);
  await loadSample(database, clock, personas);
  const { id, code } = await database.prisma.campaign.findFirstOrThrow({ select: { id: true, code: true } });
  return { database, campaignId: id, code };
}

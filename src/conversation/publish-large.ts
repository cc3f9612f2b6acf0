import { channelOf } from '../channels/address.ts';
import type { Clock } from '../clock.ts';
import type { Text } from '../flow/text.ts';
import { appendAudit } from '../store/audit.ts';
import { type Database, inTransaction } from '../store/database.ts';
import type { PublishJob } from '../store/later.ts';
import { coordinatorsOf } from '../store/reach.ts';
import { noWrites, type OutboxRow, priority, type Run, writeRows } from '../store/writes.ts';
import { publishCampaign } from './publish.ts';
import { publishLines } from './publish-lines.ts';

/** Publishes in a transaction of its own, and tells whoever asked for it, in private. Done again, it says so and changes nothing. */
export async function publishLarge(
  { database, clock }: { database: Database; clock: Clock },
  { campaignId, by }: PublishJob,
): Promise<void> {
  const at = clock.now().toISOString();
  await inTransaction(database.pool, async (run) => {
    const result = await publishCampaign(run, campaignId, at, by);
    const outbox = await answer(
      run,
      { campaignId, by },
      (campaign) => publishLines(result, campaign, at),
      at,
    );
    await writeRows(run, { ...noWrites(), outbox });
    if (result.kind === 'published') await appendAudit(run, result.audit);
  });
}

async function answer(
  run: Run,
  { campaignId, by }: PublishJob,
  lines: (campaign: { title: Text; zone: string }) => ReturnType<typeof publishLines>,
  at: string,
): Promise<OutboxRow[]> {
  const [campaign] = await run<{ title: Text; zone: string }>(
    'SELECT title, zone FROM campaign WHERE id = $1::uuid',
    [campaignId],
  );
  const person = (await coordinatorsOf(run, campaignId)).find(({ contactId }) => contactId === by);
  if (campaign === undefined || person === undefined) return [];
  const { address } = person;
  const say = { lines: lines(campaign) };
  return [
    {
      key: `published:${campaignId}:${by}`,
      channel: channelOf(address),
      address,
      contactId: by,
      priority: priority.reply,
      say,
      at,
      dueAt: at,
    },
  ];
}

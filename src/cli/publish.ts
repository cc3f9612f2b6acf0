import { overlapLines } from '../conversation/overlap-lines.ts';
import { publishCampaign } from '../conversation/publish.ts';
import { appendAudit } from '../store/audit.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { callForWork } from '../store/listen.ts';
import { type Terminal, tell } from './terminal.ts';

/** publish <campaign>: gives out the tasks; a running service sends the messages at once, another when it starts. */
export async function publish({ args, database, clock }: Terminal): Promise<number> {
  const [code] = args;
  const campaigns = await database.prisma.campaign.findMany({ select: { id: true, code: true } });
  const drafts = code === undefined ? campaigns : campaigns.filter((one) => one.code === code);
  const [campaign, another] = drafts;
  if (campaign === undefined || another !== undefined) {
    tell(process.stderr, 'cli:publish.which', { codes: { list: campaigns.map((one) => one.code) } });
    return 2;
  }
  const result = await inTransaction(database.pool, async (run) => {
    const done = await publishCampaign(run, campaign.id, clock.now().toISOString());
    if (done.kind === 'published') await appendAudit(run, done.audit);
    return done;
  });
  switch (result.kind) {
    case 'published': {
      await callForWork(runOn(database.pool));
      const { assignments, people, rooms, unmanned, overlaps } = result;
      tell(process.stdout, 'cli:publish.done', { code: campaign.code, assignments, people, rooms });
      if (unmanned.length > 0) tell(process.stdout, 'cli:publish.unmanned', { units: { list: unmanned } });
      for (const { key, params } of overlapLines(overlaps)) tell(process.stdout, key, params);
      return 0;
    }
    case 'already':
      tell(process.stdout, 'cli:publish.already', { code: campaign.code });
      return 0;
    case 'undrawn':
      tell(process.stderr, 'draw:undrawn', { title: campaign.code, activities: { list: result.activities } });
      return 1;
    case 'closed':
    case 'unknown':
      tell(process.stderr, 'cli:publish.closed', { code: campaign.code });
      return 1;
  }
}

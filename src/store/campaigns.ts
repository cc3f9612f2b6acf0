import { randomUUID } from 'node:crypto';
import type { Campaign } from '../campaign/definition.ts';
import type { Filed } from '../roster/beside-file.ts';
import { waitForLoads } from './publication.ts';
import claimDraft from './sql/claim-draft.sql';
import dropUnits from './sql/drop-units.sql';
import storeActivities from './sql/store-activities.sql';
import storeFlow from './sql/store-flow.sql';
import storeUnits from './sql/store-units.sql';
import type { Run } from './writes.ts';

/** A campaign about to be (re)loaded; its row is locked for the transaction. */
export interface ClaimedCampaign {
  id: string;
  status: 'draft' | 'published' | 'closed';
  /** The campaign as it stood; the one given when there was none. */
  before: Campaign;
  /** What its file said, where rosters have added to it; null where none has. */
  filed: Filed | null;
}

export async function claimCampaign(run: Run, campaign: Campaign, at: string): Promise<ClaimedCampaign> {
  const [known] = await run<{ id: string }>('SELECT id::text FROM campaign WHERE code = $1', [campaign.id]);
  if (known !== undefined) await waitForLoads(run, known.id);
  const [claimed] = await run<ClaimedCampaign>(claimDraft, [JSON.stringify(campaign), at]);
  if (claimed === undefined) throw new Error('the campaign was neither made nor found');
  return claimed;
}

/**
 * Writes a claimed draft, or the next version of what is published: its row, units, questionnaires and activities; what
 * an earlier load left is replaced. Units that a published campaign no longer has stay, with their people and past.
 * @returns the ids of its units, by their codes
 */
export async function storeDraft(
  run: Run,
  id: string,
  campaign: Campaign,
  at: string,
  isPublished = false,
): Promise<Map<string, string>> {
  await run(
    `UPDATE campaign SET title = $2::jsonb -> 'title', zone = $2::jsonb ->> 'zone', definition = $2::jsonb,
       start_on = $2::jsonb ->> 'start', loaded_at = $3::timestamptz
     WHERE id = $1::uuid`,
    [id, JSON.stringify(campaign), at],
  );
  const units = await writeUnits(run, id, campaign, isPublished);
  const versions = new Map<string, number>();
  for (const flow of campaign.flows) versions.set(flow.id, await writeFlow(run, flow));
  const activities = campaign.activities.map((rules) => {
    const { id: code, mode, title, dueOn, visits, secret, checklist, coordinator, report } = rules;
    return {
      code,
      mode,
      title,
      dueOn,
      visitsMin: visits.min,
      visitsMax: visits.max,
      secret,
      coordinator,
      flowId: checklist,
      flowVersion: versions.get(checklist),
      rules,
      ...(report === undefined ? {} : { reportFlowId: report, reportFlowVersion: versions.get(report) }),
    };
  });
  await run(storeActivities, [JSON.stringify(activities), id]);
  return units;
}

/** Keeps what the file says beside what rosters make of it. `isFirst`: only where nothing is kept yet. */
export async function keepFiled(run: Run, id: string, filed: Filed, isFirst: boolean): Promise<void> {
  await run(
    `UPDATE campaign SET filed = CASE WHEN $3 THEN coalesce(filed, $2::jsonb) ELSE $2::jsonb END WHERE id = $1::uuid`,
    [id, JSON.stringify(filed), isFirst],
  );
}

async function writeUnits(
  run: Run,
  campaignId: string,
  { units }: Campaign,
  isPublished: boolean,
): Promise<Map<string, string>> {
  const known = await run<{ code: string; id: string }>(
    'SELECT code, id::text FROM unit WHERE campaign_id = $1::uuid',
    [campaignId],
  );
  const ids = new Map(units.map(({ id }) => [id, randomUUID() as string]));
  for (const { code, id } of known) if (ids.has(code)) ids.set(code, id);
  const rows = units.map(({ id: code, name, kind, parent, aliases }) => ({
    id: ids.get(code),
    code,
    name,
    kind,
    parentId: parent === undefined ? null : ids.get(parent),
    aliases,
  }));
  await run(storeUnits, [JSON.stringify(rows), campaignId]);
  if (!isPublished) await run(dropUnits, [campaignId, [...ids.keys()]]);
  return ids;
}

/** Keeps a questionnaire. @returns its version: the newest one when that says the same */
export async function writeFlow(run: Run, flow: Campaign['flows'][number]): Promise<number> {
  const [stored] = await run<{ version: number }>(storeFlow, [flow.id, JSON.stringify(flow)]);
  if (stored === undefined) throw new Error(`no version of ${flow.id} was chosen`);
  return stored.version;
}

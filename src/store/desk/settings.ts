import { Notice } from '../../campaign/definition.ts';
import type { Text } from '../../flow/text.ts';
import type { Run } from '../writes.ts';

/** What a campaign's file says that its facts don't, its versions and its rooms. */
export interface Settings {
  notice: Notice;
  start: string;
  versions: { version: number; at: Date; reason: string | null }[];
  rooms: { title: Text | null; purpose: string }[];
}

/** @throws when there is no such campaign */
export async function settingsOf(run: Run, campaignId: string): Promise<Settings> {
  const [row] = await run<{ notice: unknown; start: string }>(
    `SELECT definition -> 'notice' AS notice, start_on AS start FROM campaign WHERE id = $1::uuid`,
    [campaignId],
  );
  if (row === undefined) throw new Error(`no campaign ${campaignId}`);
  const versions = await run<Settings['versions'][number]>(
    'SELECT version, at, reason FROM campaign_version WHERE campaign_id = $1::uuid ORDER BY version DESC LIMIT 50',
    [campaignId],
  );
  const rooms = await run<Settings['rooms'][number]>(
    'SELECT title, purpose FROM room WHERE campaign_id = $1::uuid ORDER BY created_at LIMIT 200',
    [campaignId],
  );
  return { notice: Notice.parse(row.notice), start: row.start, versions, rooms };
}

import type { Text } from '../../flow/text.ts';
import type { Run } from '../writes.ts';

/** A campaign as the dashboard names it. */
export interface DeskCampaign {
  id: string;
  code: string;
  title: Text;
  zone: string;
  status: 'draft' | 'published' | 'closed';
}

/**
 * Campaigns in which somebody has a part, closed ones too, the newest first; drafts only for those who coordinate them.
 * @param all whether they have a part in every one, and whether it is to coordinate
 */
export function deskCampaigns(
  run: Run,
  { coordinated, others }: { coordinated: readonly (string | null)[]; others: readonly (string | null)[] },
): Promise<DeskCampaign[]> {
  return run<DeskCampaign>(
    `SELECT id::text, code, title, zone, status FROM campaign
     WHERE $1::boolean OR id = ANY ($2::text[]::uuid[])
       OR status <> 'draft' AND ($3::boolean OR id = ANY ($4::text[]::uuid[]))
     ORDER BY published_at DESC NULLS LAST, loaded_at DESC, code LIMIT 200`,
    [
      coordinated.includes(null),
      coordinated.filter((id) => id !== null),
      others.includes(null),
      others.filter((id) => id !== null),
    ],
  );
}

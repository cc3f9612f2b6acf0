import { z } from 'zod';
import { Campaign } from '../campaign/definition.ts';
import { inspectionsOf } from '../campaign/overlap.ts';
import type { Text } from '../flow/text.ts';
import elsewhere from './sql/overlaps-elsewhere.sql';
import type { Run } from './writes.ts';

/** An activity of another published campaign that looks at some of the same units while this one does. */
export interface OverlapElsewhere {
  campaign: Text;
  activity: Text;
  /** Days YYYY-MM-DD, both included. */
  from: string;
  to: string;
  /** The first few, by name. */
  units: Text[];
  count: number;
}

/** @param campaignId a stored campaign: a draft, or a published one */
export async function overlapsElsewhere(run: Run, campaignId: string): Promise<OverlapElsewhere[]> {
  const [others] = await run<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM campaign WHERE status = 'published' AND id <> $1::uuid) AS any`,
    [campaignId],
  );
  if (others?.any !== true) return [];
  const [row] = await run<{ definition: unknown }>(
    `SELECT definition - 'units' - 'flows' AS definition FROM campaign WHERE id = $1::uuid`,
    [campaignId],
  );
  const { activities, start } = Inspecting.parse(row?.definition);
  const open = activities.filter(({ secret }) => !secret);
  const own = inspectionsOf({ activities: open, start }).map(({ from, to, targets }) => ({
    from,
    to,
    units: [...targets],
  }));
  return run<OverlapElsewhere>(elsewhere, [campaignId, JSON.stringify(own)]);
}

/** The part of a stored campaign that says who inspects what when. */
const Inspecting = z.object({ activities: Campaign.shape.activities, start: Campaign.shape.start });

import { canonical } from '../campaign/canonical.ts';
import { RatingRules } from '../campaign/rating-rules.ts';
import { Flow } from '../flow/definition.ts';
import { indicatorSet } from '../satisfaction/indicator-set.ts';
import type { Run } from './writes.ts';

/**
 * Publishes what a campaign measures satisfaction by, under the next version where it is another than the one before; nothing
 * for a campaign without a survey. Within the publication of the campaign, or of a version of it. `at`: now, ISO instant.
 */
export async function publishIndicatorSet(run: Run, campaignId: string, at: string): Promise<void> {
  const [row] = await run<{ rules: unknown; flow: unknown; version: number | null; before: unknown }>(
    `SELECT c.definition -> 'ratings' AS rules, f.definition AS flow, s.version, s.definition AS before
     FROM campaign c
     CROSS JOIN LATERAL (
       SELECT definition FROM flow WHERE id = c.definition ->> 'survey' ORDER BY version DESC LIMIT 1) f
     LEFT JOIN LATERAL (
       SELECT version, definition FROM indicator_set WHERE campaign_id = c.id ORDER BY version DESC LIMIT 1) s ON true
     WHERE c.id = $1::uuid`,
    [campaignId],
  );
  if (row === undefined) return;
  const definition = indicatorSet(Flow.parse(row.flow), RatingRules.parse(row.rules ?? {}));
  if (row.version !== null && canonical(row.before) === canonical(definition)) return;
  await run(
    `INSERT INTO indicator_set (campaign_id, version, definition, published_at)
     VALUES ($1::uuid, $2, $3::jsonb, $4::timestamptz)`,
    [campaignId, (row.version ?? 0) + 1, JSON.stringify(definition), at],
  );
}

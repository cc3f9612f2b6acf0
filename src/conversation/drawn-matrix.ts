import type { Campaign } from '../campaign/definition.ts';
import { DrawRecord } from '../campaign/draw/record.ts';
import type { Pair } from '../campaign/matrix.ts';
import type { Text } from '../flow/text.ts';
import { drawsAbout, storedRecord } from '../store/draws.ts';
import type { Run } from '../store/writes.ts';

/** A cross-inspection that its file leaves to be drawn. */
export function isToBeDrawn(activity: Campaign['activities'][number]): boolean {
  return activity.mode === 'cross' && activity.pairs.length === 0;
}

/**
 * A campaign with the matrices that were drawn for it, or the titles of the activities that still lack one. A draw counts as
 * long as the same units take part: the file may have been loaded again since. Nothing is written; whoever makes it the
 * campaign that stands does that.
 */
export async function withDrawnPairs<Drawn extends Pick<Campaign, 'activities'>>(
  run: Run,
  campaignId: string,
  campaign: Drawn,
): Promise<{ campaign: Drawn } | { undrawn: Text[] }> {
  if (!campaign.activities.some(isToBeDrawn)) return { campaign };
  const undrawn: Text[] = [];
  const drawn = new Map<number, Pair[]>();
  for (const [index, activity] of campaign.activities.entries()) {
    if (!isToBeDrawn(activity)) continue;
    const pairs = await drawnPairs(run, campaignId, activity);
    if (pairs === null) undrawn.push(activity.title);
    else drawn.set(index, pairs);
  }
  if (undrawn.length > 0) return { undrawn };
  const activities = campaign.activities.map((activity, index) => {
    const pairs = drawn.get(index);
    return activity.mode === 'cross' && pairs !== undefined ? { ...activity, pairs } : activity;
  });
  return { campaign: { ...campaign, activities } };
}

async function drawnPairs(
  run: Run,
  campaignId: string,
  activity: Campaign['activities'][number],
): Promise<Pair[] | null> {
  const draws = await drawsAbout(run, campaignId, `matrix:${activity.id}`);
  const made = draws.findLast(({ status }) => status === 'done');
  const stored = made === undefined ? null : await storedRecord(run, made.code);
  if (stored === null || activity.mode !== 'cross') return null;
  const { result } = DrawRecord.parse(stored.record);
  if (result.kind !== 'matrix') return null;
  const drawn = result.pairs.map(({ inspector }) => inspector).sort();
  return JSON.stringify(drawn) === JSON.stringify([...(activity.participants ?? [])].sort())
    ? result.pairs
    : null;
}

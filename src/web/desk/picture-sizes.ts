import type { Language } from '../../flow/text.ts';
import type { Drawing } from '../../report/charts/drawing.ts';
import type { PictureKind } from '../../store/later.ts';
import type { DeskDoors } from './doors.ts';
import type { InCampaign } from './exchange.ts';

/** How large a picture is, in its own points. */
type Size = Pick<Drawing, 'width' | 'height'>;

/** Before one of its kind was drawn: that of a campaign of ten units. */
const usual: Record<PictureKind, Size> = {
  progress: { width: 375, height: 460 },
  lamps: { width: 375, height: 420 },
  satisfaction: { width: 375, height: 420 },
  findings: { width: 375, height: 420 },
  trend: { width: 375, height: 480 },
};
/** Pictures whose size is remembered; the oldest goes first. */
const sizesMax = 1_000;
const drawn = new WeakMap<DeskDoors['database'], Map<string, Size>>();

/**
 * The room that a page keeps for a picture, so that nothing moves when it comes: as large as it was when it was drawn last. To
 * know it beforehand would mean to count everything twice.
 */
export function sizeOf({ doors, campaign, view }: InCampaign, kind: PictureKind): Size {
  return drawn.get(doors.database)?.get(nameOf(campaign.id, kind, view.language)) ?? usual[kind];
}

export function keepSize(
  { doors, campaign, view }: InCampaign,
  kind: PictureKind,
  { width, height }: Size,
): void {
  const sizes = drawn.get(doors.database) ?? new Map<string, Size>();
  drawn.set(doors.database, sizes);
  const name = nameOf(campaign.id, kind, view.language);
  sizes.delete(name);
  sizes.set(name, { width, height });
  const [oldest] = sizes.keys();
  if (sizes.size > sizesMax && oldest !== undefined) sizes.delete(oldest);
}

function nameOf(campaignId: string, kind: PictureKind, language: Language): string {
  return `${campaignId} ${kind} ${language}`;
}

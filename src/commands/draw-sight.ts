import { sightOf } from '../campaign/visibility.ts';
import { drawCalled, type StoredDraw } from '../store/draws.ts';
import type { CommandContext } from './command.ts';
import { noteSeen, viewerOf } from './sight.ts';

/** A draw that this person may know of; `hidden` is the id of its activity when that is kept from others. */
export interface KnownDraw {
  draw: StoredDraw;
  hidden: string | null;
}

/** The draw of this code; null when there is none, and just so when it is not for this person to know. */
export async function drawKnown(context: CommandContext, code: string): Promise<KnownDraw | null> {
  const draw = await drawCalled(context.run, code);
  return draw === null ? null : known(context, draw);
}

/**
 * A draw is for its campaign's coordinators, that of a hidden activity for those of this activity (JX-4.4), and one that
 * belongs to no activity, which may be preparing anything, for whoever began it. Answers go to the person alone.
 */
export async function known(context: CommandContext, draw: StoredDraw): Promise<KnownDraw | null> {
  if (!coordinates(context, draw.campaignId)) return null;
  if (draw.activity === null) return draw.begunBy === context.turn.contact.id ? { draw, hidden: null } : null;
  const activity = await context.transaction.activity.findFirst({
    where: { campaignId: draw.campaignId, code: draw.activity },
    select: { id: true, campaignId: true, hidden: true, coordinatorUnitId: true },
  });
  if (activity === null || !activity.hidden) return { draw, hidden: null };
  if (sightOf(activity, { ...viewerOf(context), overheard: false }) !== 'all') return null;
  noteSeen(context, [activity]);
  return { draw, hidden: activity.id };
}

export function coordinates({ roles }: Pick<CommandContext, 'roles'>, campaign: string): boolean {
  return roles.some(
    ({ role, campaignId }) => role === 'coordinator' && (campaignId === null || campaignId === campaign),
  );
}

/** Puts a step of a draw into the audit log. */
export function audit(
  { writes, turn, at }: Pick<CommandContext, 'writes' | 'turn' | 'at'>,
  { draw, hidden }: KnownDraw,
  what: 'begun' | 'void' | 'excluded' | 'made' | 'refused',
  data: { [name: string]: string | number },
): void {
  writes.audit.push({
    at,
    by: turn.contact.id,
    kind: `draw.${what}`,
    campaignId: draw.campaignId,
    about: `draw:${draw.code}`,
    data,
    ...(hidden === null ? {} : { secret: hidden }),
  });
}

import { type Sight, sightOf, type Viewer } from '../campaign/visibility.ts';
import type { Line } from '../flow/say.ts';
import { type GuardedActivity, hiddenActivities } from '../store/activities.ts';
import type { CommandContext } from './command.ts';
import { isOverheard } from './private.ts';

/** Whoever gave the command, as the law of secrecy sees them. */
export function viewerOf(context: Pick<CommandContext, 'roles' | 'room' | 'turn'>): Viewer {
  return { roles: context.roles, overheard: isOverheard(context) };
}

/**
 * The ids of the campaign's hidden activities by what this person may learn of each here. Asking counts as seeing: those
 * that may be seen whole are noted in the audit log.
 * @param privately the answer goes to the person alone, though the question may have been overheard
 */
export async function hiddenBySight(
  context: CommandContext,
  campaignId: string,
  privately = false,
): Promise<Record<Sight, string[]>> {
  const found: Record<Sight, string[]> = { all: [], none: [] };
  const viewer = privately ? { ...viewerOf(context), overheard: false } : viewerOf(context);
  const hidden = await hiddenActivities(context.transaction, campaignId);
  for (const activity of hidden) found[sightOf(activity, viewer)].push(activity.id);
  noteSeen(
    context,
    hidden.filter(({ id }) => found.all.includes(id)),
  );
  return found;
}

/**
 * What is said of a file or a picture, and only to who may know that there is anything hidden: that nothing of it is in there. Whether
 * there is, is all that this tells, so it is no seeing.
 */
export async function leftOutLines(
  context: Pick<CommandContext, 'transaction' | 'roles'>,
  campaignId: string,
): Promise<Line[]> {
  const viewer = { roles: context.roles, overheard: false };
  const hidden = await hiddenActivities(context.transaction, campaignId);
  return hidden.some((activity) => sightOf(activity, viewer) === 'all') ? [{ key: 'audit:left-out' }] : [];
}

/** Keeps in the audit log that this person was shown something of hidden activities; once a message. */
export function noteSeen(
  { writes, turn, at }: Pick<CommandContext, 'writes' | 'turn' | 'at'>,
  activities: Pick<GuardedActivity, 'id' | 'campaignId'>[],
): void {
  for (const { id: secret, campaignId } of activities) {
    if (writes.audit.some((one) => one.kind === 'secret.seen' && one.secret === secret)) continue;
    const about = `activity:${secret}`;
    writes.audit.push({ at, by: turn.contact.id, kind: 'secret.seen', campaignId, about, data: {}, secret });
  }
}

import type { Role } from './definition.ts';

/** What secrecy must know of an activity. `hidden`: it is secret and its result is not released. */
export interface Guarded {
  campaignId: string;
  hidden: boolean;
  /** The unit that coordinates this activity (JX-5.1: each mode has its own). */
  coordinatorUnitId: string | null;
}

/** Whoever asks: the parts they play, and whether others hear the answer, as in a room. */
export interface Viewer {
  roles: readonly { role: Role; campaignId: string | null; unitId: string | null }[];
  overheard: boolean;
}

/**
 * What somebody may learn of an activity as a whole. `all`: secrecy keeps nothing back (what their role lets them see is
 * another matter); `none`: not that it exists. There is nothing between: a number that moves tells when somebody is sent.
 */
export type Sight = 'all' | 'none';

/**
 * The law of secrecy (JX-4.4: unannounced, at random; issue 3): of a hidden activity its coordinators know all,
 * everybody else nothing, the campaign's other coordinators included. Where others read along, nobody is told anything. An auditor
 * reads everything (issue 5), and is in the log for it like everybody else who was shown what is hidden.
 */
export function sightOf(activity: Guarded, viewer: Viewer): Sight {
  if (!activity.hidden) return 'all';
  if (viewer.overheard) return 'none';
  const here = viewer.roles.filter(
    ({ campaignId }) => campaignId === null || campaignId === activity.campaignId,
  );
  if (here.some(({ role }) => role === 'auditor')) return 'all';
  const own = here.filter(({ role }) => role === 'coordinator');
  const isOwn = own.some(({ unitId }) => unitId !== null && unitId === activity.coordinatorUnitId);
  return isOwn ? 'all' : 'none';
}

/** Whether somebody may know of one task: as {@link sightOf} all of its activity, or because their unit carries it out. */
export function mayKnowTask(activity: Guarded, assigneeUnitId: string, viewer: Viewer): boolean {
  if (sightOf(activity, viewer) === 'all') return true;
  return !viewer.overheard && carriesOut(assigneeUnitId, viewer);
}

function carriesOut(unit: string, { roles }: Viewer): boolean {
  return roles.some(({ role, unitId }) => (role === 'inspector' || role === 'leader') && unitId === unit);
}

import type { Database } from '../store/database.ts';

/** Whose the exported rows are: assignments by id with their numbers, activities and units by id with their codes. */
export interface ExportedNames {
  numbers: ReadonlyMap<string, number>;
  activities: ReadonlyMap<string, string>;
  units: ReadonlyMap<string, string>;
  /** Ids of sessions that were finished. */
  finished: ReadonlySet<string>;
}

/** What belongs to single modes: claimed matters, matters to be walked through and how they were, times of finished cases. */
export async function modesOf({ prisma }: Database, names: ExportedNames): Promise<object> {
  const { numbers, activities, units, finished } = names;
  const ofAssignment = { where: { assignmentId: { in: [...numbers.keys()] } } };
  const claims = await prisma.claim.findMany({ ...ofAssignment, orderBy: { number: 'asc' } });
  const times = await prisma.caseTime.findMany({ ...ofAssignment, orderBy: { seq: 'asc' } });
  const matters = await prisma.matter.findMany({
    where: { activityId: { in: [...activities.keys()] } },
    orderBy: [{ activityId: 'asc' }, { unitId: 'asc' }, { number: 'asc' }],
  });
  const ids = { matterId: { in: matters.map(({ id }) => id) } };
  const begun = await prisma.walk.findMany({ where: ids });
  const walks = begun.filter(({ sessionId }) => finished.has(sessionId));
  const delegations = await prisma.delegation.findMany({ where: ids, orderBy: { at: 'asc' } });
  return {
    claims: claims.map(({ number, assignmentId, matter, place, claimedAt, givenUpAt }) => ({
      number,
      assignment: numbers.get(assignmentId),
      matter,
      place,
      claimedAt,
      givenUpAt,
    })),
    matters: matters.map(({ id, activityId, unitId, number, name, flags, removedAt }) => ({
      activity: activities.get(activityId),
      unit: units.get(unitId),
      number,
      name,
      flags,
      removedAt,
      walkedByHead: walks.filter((one) => one.matterId === id && !one.byDeputy).length,
      walkedByDeputy: walks.filter((one) => one.matterId === id && one.byDeputy).length,
      entrusted: delegations
        .filter(({ matterId }) => matterId === id)
        .map(({ title, at, endedAt }) => ({ title, at, endedAt })),
    })),
    caseTimes: times.map(({ assignmentId, matter, statutory, promised, actual, recordedAt }) => ({
      assignment: numbers.get(assignmentId),
      matter,
      statutory: statutory.toNumber(),
      promised: promised.toNumber(),
      actual: actual.toNumber(),
      recordedAt,
    })),
  };
}

/** The campaign's draws, but those of hidden activities; one that was made with its record, which repeats it. */
export async function drawsOf(
  { prisma }: Database,
  campaignId: string,
  hidden: readonly string[],
): Promise<object[]> {
  const draws = await prisma.draw.findMany({ where: { campaignId }, orderBy: { begunAt: 'asc' } });
  return draws
    .filter(({ activityCode }) => activityCode === null || !hidden.includes(activityCode))
    .map(
      ({ code, activityCode, topic, status, commitment, reason, begunAt, doneAt, record, fingerprint }) => ({
        code,
        activity: activityCode,
        topic,
        status,
        commitment,
        reason,
        begunAt,
        doneAt,
        record,
        fingerprint,
      }),
    );
}

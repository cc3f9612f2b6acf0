import type { Activity } from '../campaign/activities/activity.ts';
import type { MatterFlag, UnitPerson } from '../campaign/activities/walkthrough.ts';
import { plain } from '../campaign/nearest.ts';
import { inLanguage, type Text } from '../flow/text.ts';
import listMatters from './sql/list-matters.sql';
import peopleOfUnit from './sql/people-of-unit.sql';
import seedMatterRows from './sql/seed-matters.sql';
import type { Run } from './writes.ts';

/** Whose list it is: the unit's in one activity. Ids. */
export interface MatterList {
  activityId: string;
  unitId: string;
}

/** A matter that a unit is to walk through, with who is entrusted with it and how far it is. */
export interface ListedMatter {
  id: string;
  number: number;
  name: Text;
  flags: MatterFlag[];
  /** Those of them that the campaign file gives. */
  given: MatterFlag[];
  fromFile: boolean;
  /** The standing delegation; null when nobody is entrusted. */
  delegation: StandingDelegation | null;
  /** Completed records by the head and by whoever was entrusted. */
  byHead: number;
  byDeputy: number;
}

export interface StandingDelegation {
  id: string;
  from: string;
  /** Null until the deputy has joined. */
  to: string | null;
  /** What the deputy is called. */
  title: Text | null;
}

/** Somebody bound to a unit, what they are called and where they are written to. */
export interface BoundPerson extends UnitPerson {
  title: Text | null;
  address: string | null;
}

/** Keeps those who change one list apart until the transaction ends. */
export async function lockMatters(run: Run, { activityId, unitId }: MatterList): Promise<void> {
  await run('SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 20500))) waited', [
    `${activityId} ${unitId}`,
  ]);
}

export function mattersOf(run: Run, { activityId, unitId }: MatterList): Promise<ListedMatter[]> {
  return run<ListedMatter>(listMatters, [activityId, unitId]);
}

/** Inspectors and leaders bound to a unit, in the order in which they were bound. */
export function peopleBoundTo(run: Run, unitId: string): Promise<BoundPerson[]> {
  return run<BoundPerson>(peopleOfUnit, [unitId]);
}

/** What makes two names the same, however they are written. */
export function sameName(name: Text): string {
  return plain(inLanguage(name, 'zh-CN'));
}

/**
 * Puts the matters that the campaign file knows on the lists of its units (MDJ-1.3); again after each version of it. What
 * a unit has listed itself stays as it is, but for the flags that the file gives it.
 */
export async function seedMatters(
  run: Run,
  campaignId: string,
  activities: readonly Activity[],
): Promise<void> {
  const rows = activities.flatMap((activity) => {
    if (activity.mode !== 'walkthrough') return [];
    const known = new Map<string, { unit: string; name: Text; flags: MatterFlag[]; sameAs: string }>();
    for (const { unit, name, flags } of activity.matters) {
      const key = `${unit} ${sameName(name)}`;
      const all = [...(known.get(key)?.flags ?? []), ...flags];
      known.set(key, { unit, name, flags: [...new Set(all)], sameAs: sameName(name) });
    }
    return [...known.values()].map((matter) => ({ ...matter, activity: activity.id }));
  });
  if (rows.length > 0) await run(seedMatterRows, [JSON.stringify(rows), campaignId]);
}

/** Adds matters to the end of a locked list. @returns those that are new, with their numbers */
export function addMatters(
  run: Run,
  { activityId, unitId }: MatterList,
  names: string[],
): Promise<{ number: number; name: Text }[]> {
  return run(
    `INSERT INTO matter (activity_id, unit_id, number, name, same_as)
     SELECT $1::uuid, $2::uuid, g.place + coalesce((
       SELECT max(number) FROM matter WHERE activity_id = $1::uuid AND unit_id = $2::uuid), 0), to_jsonb(g.name), g.same
     FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS g(name, same, place)
     ON CONFLICT (activity_id, unit_id, same_as) WHERE removed_at IS NULL DO NOTHING RETURNING number, name`,
    [activityId, unitId, names, names.map(sameName)],
  );
}

export async function setFlags(run: Run, id: string, flags: readonly MatterFlag[]): Promise<void> {
  await run('UPDATE matter SET flags = $2::text[] WHERE id = $1::uuid', [id, flags]);
}

export async function removeMatter(run: Run, id: string, at: string): Promise<void> {
  await run('UPDATE matter SET removed_at = $2::timestamptz WHERE id = $1::uuid', [id, at]);
}

export interface NewDelegation {
  matterId: string;
  from: string;
  to: string | null;
  title: string | null;
  code: string | null;
  at: string;
}

export async function addDelegation(run: Run, given: NewDelegation): Promise<void> {
  const { matterId, from, to, title, code, at } = given;
  await run(
    `INSERT INTO delegation (matter_id, from_contact, to_contact, title, code, at)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::timestamptz)`,
    [matterId, from, to, title, code, at],
  );
}

/** Ends a delegation; the code by which somebody was to join is good for nothing any more. */
export async function endDelegation(run: Run, id: string, at: string): Promise<void> {
  await run(
    `WITH ended AS (
       UPDATE delegation SET ended_at = $2::timestamptz WHERE id = $1::uuid AND ended_at IS NULL RETURNING code
     )
     UPDATE invite SET expires_at = $2::timestamptz FROM ended
     WHERE invite.code = ended.code AND used_at IS NULL AND expires_at > $2::timestamptz`,
    [id, at],
  );
}

/** A delegation that waits for its deputy. */
export interface OfferedDelegation extends MatterList {
  id: string;
  title: string | null;
  from: string;
  number: number;
  name: Text;
  flags: MatterFlag[];
}

export async function delegationByCode(run: Run, code: string): Promise<OfferedDelegation | null> {
  const [row] = await run<OfferedDelegation>(
    `SELECT d.id::text, d.title, d.from_contact::text AS "from", m.activity_id::text AS "activityId",
       m.unit_id::text AS "unitId", m.number, m.name, m.flags
     FROM delegation d JOIN matter m ON m.id = d.matter_id
     WHERE d.code = $1 AND d.ended_at IS NULL AND m.removed_at IS NULL`,
    [code],
  );
  return row ?? null;
}

/** Somebody without a title gets the one by which the head called them. */
export async function acceptDelegation(run: Run, id: string, contactId: string): Promise<void> {
  await run(
    `WITH taken AS (UPDATE delegation SET to_contact = $2::uuid WHERE id = $1::uuid RETURNING title)
     UPDATE contact SET title = to_jsonb(taken.title) FROM taken
     WHERE contact.id = $2::uuid AND contact.title IS NULL AND taken.title IS NOT NULL`,
    [id, contactId],
  );
}

/** Which matter a record is of; its session is written at the end of the transaction. */
export async function addWalk(
  run: Run,
  { sessionId, matterId, byDeputy }: { sessionId: string; matterId: string; byDeputy: boolean },
): Promise<void> {
  await run('INSERT INTO walk (session_id, matter_id, by_deputy) VALUES ($1::uuid, $2::uuid, $3)', [
    sessionId,
    matterId,
    byDeputy,
  ]);
}

/** The record of a matter that somebody has begun and not finished; null without one. */
export async function openWalk(run: Run, matterId: string, contactId: string): Promise<string | null> {
  const [row] = await run<{ id: string }>(
    `SELECT s.id::text FROM walk w JOIN session s ON s.id = w.session_id
     WHERE w.matter_id = $1::uuid AND s.contact_id = $2::uuid AND s.ended_at IS NULL`,
    [matterId, contactId],
  );
  return row?.id ?? null;
}

/** A record of a matter that somebody entrusted with it has begun and not finished. */
export interface DeputyWalk {
  sessionId: string;
  contactId: string;
  /** An address of theirs, as near as may be to where it was begun. */
  urn: string;
}

export function deputyWalks(run: Run, matterId: string): Promise<DeputyWalk[]> {
  return run<DeputyWalk>(
    `SELECT s.id::text AS "sessionId", s.contact_id::text AS "contactId", u.urn
     FROM walk w JOIN session s ON s.id = w.session_id AND s.ended_at IS NULL
     CROSS JOIN LATERAL (
       SELECT urn FROM urn WHERE contact_id = s.contact_id
       ORDER BY split_part(urn, ':', 1) = split_part(s.address, ':', 1) DESC, created_at DESC, urn LIMIT 1) u
     WHERE w.matter_id = $1::uuid AND w.by_deputy ORDER BY s.contact_id, s.id`,
    [matterId],
  );
}

/** Who has such a record of the matter of this number. Ids of people. */
export async function deputiesWalking(
  run: Run,
  { activityId, unitId }: MatterList,
  number: number,
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    `SELECT DISTINCT s.contact_id::text AS id
     FROM matter m JOIN walk w ON w.matter_id = m.id JOIN session s ON s.id = w.session_id
     WHERE m.activity_id = $1::uuid AND m.unit_id = $2::uuid AND m.number = $3 AND w.by_deputy AND s.ended_at IS NULL
     ORDER BY id`,
    [activityId, unitId, number],
  );
  return rows.map(({ id }) => id);
}

/** The matters that the records of a task are of, by the ids of their sessions: what a report calls them, and whether they count (visits_of). */
export async function walkedMatters(
  run: Run,
  assignmentId: string,
): Promise<Map<string, { name: Text; counts: boolean }>> {
  const rows = await run<{ sessionId: string; name: Text; counts: boolean }>(
    `SELECT w.session_id::text AS "sessionId", m.name, NOT (w.by_deputy AND cardinality(m.flags) > 0) AS counts
     FROM session s JOIN walk w ON w.session_id = s.id JOIN matter m ON m.id = w.matter_id
     WHERE s.assignment_id = $1::uuid`,
    [assignmentId],
  );
  return new Map(rows.map(({ sessionId, ...matter }) => [sessionId, matter]));
}

import { outOfQuiet } from '../campaign/instant.ts';
import type { Text } from '../flow/text.ts';
import type { Library } from '../store/library.ts';
import { lockCampaignRow } from '../store/publication.ts';
import { inspectorsOf } from '../store/reach.ts';
import { withdrawTasks } from '../store/versions.ts';
import { companionsOf } from '../store/visits.ts';
import type { Run, Writes } from '../store/writes.ts';
import { awakeRow } from './awake-row.ts';
import type { SecretActivity } from './visits.ts';

interface Place {
  id: string;
  code: string;
  name: Text;
}

/** A visit that was sent out. */
export interface SentVisit {
  id: string;
  number: number;
  assignee: Place;
  target: Place;
}

export type Recalled =
  /** How many people are told, and when (ISO instant): later than now in quiet hours. `left`: how many were to go there too. */
  | { kind: 'recalled'; people: number; toldAt: string; left: number }
  /** It has been begun, or the campaign file names it: then the next load would send it again. */
  | { kind: 'kept'; why: 'begun' | 'of-file' };

/**
 * Takes back a task of a secret activity that nobody has begun, and tells whoever was to carry it out, in private and not in
 * quiet hours (JX-4.4). Of somebody who begins it in the same moment and its coordinator the first to write wins.
 */
export async function recallVisit(
  { run, library, at, writes }: { run: Run; library: Library; at: string; writes: Pick<Writes, 'outbox'> },
  { id: secret, campaignId, title, rules }: SecretActivity,
  { id, number, assignee, target }: SentVisit,
): Promise<Recalled> {
  const isOfFile = rules.pairs.some(
    ({ inspector, inspected }) => inspector === assignee.code && inspected === target.code,
  );
  if (isOfFile) return { kind: 'kept', why: 'of-file' };
  // As sendVisit does: whoever is bound to the unit meanwhile is told of it, or finds it gone.
  await lockCampaignRow(run, campaignId);
  const companions = await companionsOf(run, id);
  if (!(await withdrawTasks(run, [id])).has(id)) return { kind: 'kept', why: 'begun' };
  const facts = await library.campaign(campaignId);
  const people = (await inspectorsOf(run, [assignee.id])).get(assignee.id) ?? [];
  const params = { activity: title, number, assignee: assignee.name, target: target.name };
  const say = { lines: [{ key: 'modes:recall.told', params } as const] };
  for (const person of people) writes.outbox.push({ ...awakeRow(person, say, facts, at), secret });
  // Whoever was to go there with them is not left waiting for them.
  const others = await inspectorsOf(
    run,
    companions.map((one) => one.assigneeId),
  );
  for (const one of companions) {
    const told = {
      lines: [{ key: 'modes:recall.companion', params: { ...params, number: one.number } } as const],
    };
    for (const person of others.get(one.assigneeId) ?? [])
      writes.outbox.push({ ...awakeRow(person, told, facts, at), secret });
  }
  return {
    kind: 'recalled',
    left: companions.length,
    people: people.length,
    toldAt: outOfQuiet(at, facts.rules.quiet, facts.zone),
  };
}

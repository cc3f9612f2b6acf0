import { step } from '../flow/step.ts';
import { openSessionsOf } from '../store/forms.ts';
import type { Library } from '../store/library.ts';
import { deputiesWalking, deputyWalks, type MatterList } from '../store/matters.ts';
import type { OpenSession } from '../store/turns.ts';
import type { Run, Writes } from '../store/writes.ts';
import { lockPerson } from './failure.ts';
import { type ReplyPlace, recordStep, sessionRow } from './outcome.ts';

/** A deputy whose record was closed; `withdrawn`: how many problems went with it. */
export interface ClosedWalk {
  contactId: string;
  withdrawn: number;
}

/**
 * Ends the records of a matter (by its id) that anybody entrusted with it has begun and not finished: it has become one that
 * the head must do in person (MDJ-1.2), so that they would count for nothing. What they recorded goes with them, as when
 * somebody leaves one. Whoever calls it tells the deputies.
 */
export async function closeWalks(
  { run, library, at, writes }: { run: Run; library: Library; at: string; writes: Writes },
  matterId: string,
): Promise<ClosedWalk[]> {
  const closed: ClosedWalk[] = [];
  for (const { sessionId, contactId, urn } of await deputyWalks(run, matterId)) {
    // An answer of theirs that is being taken comes first, and may be the last one.
    await lockPerson(run, contactId);
    const session = (await openSessionsOf(run, contactId)).find(({ id }) => id === sessionId);
    if (session === undefined) continue;
    const flow = await library.flow(session.flowId, session.flowVersion);
    const { zone } = await library.campaign(session.campaignId);
    const ended = step(flow, session.state, { kind: 'end', at }, { zone });
    if (!ended.understood) continue;
    const person = { id: contactId, language: null, address: session.address, title: null };
    const before = writes.withdrawn.length;
    recordStep(writes, ended, { flow, session, person, place: placeOf(session, urn), at });
    writes.moved.push(sessionRow(ended, session.id, session.address, at));
    closed.push({ contactId, withdrawn: writes.withdrawn.length - before });
  }
  return closed;
}

/**
 * Waits for whoever is entrusted with a matter and has a record of it open, and keeps their messages waiting. Call it before
 * the list is locked: a deputy's own command holds them in that order.
 */
export async function holdDeputies(run: Run, list: MatterList, number: number): Promise<void> {
  for (const id of await deputiesWalking(run, list, number)) await lockPerson(run, id);
}

/** Where its last question was asked. */
function placeOf({ room, address }: OpenSession, urn: string): ReplyPlace {
  return room === '' ? { urn: address ?? urn, room: null } : { urn, room };
}

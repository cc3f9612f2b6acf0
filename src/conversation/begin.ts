import { randomUUID } from 'node:crypto';
import type { Line } from '../flow/say.ts';
import { step } from '../flow/step.ts';
import type { Values } from '../flow/value.ts';
import type { Library } from '../store/library.ts';
import type { OpenSession, Person } from '../store/turns.ts';
import type { SessionPart, Writes } from '../store/writes.ts';
import { putAside } from './aside.ts';
import { type ReplyPlace, recordStep, sessionRow } from './outcome.ts';

/** What is begun, for whom, and where its questions go. */
export interface Beginning {
  /** Of the session; made up when left out. */
  sessionId?: string;
  flowId: string;
  flowVersion: number;
  campaignId: string;
  assignmentId: string | null;
  unitId: string | null;
  /** The activity, when it is hidden from others. */
  secret?: string | null;
  /** A visit unless said otherwise. */
  part?: SessionPart;
  /** By which a citizen came to rate. */
  surveyCode?: string;
  person: Person;
  place: ReplyPlace;
  at: string;
  /** Other forms that are open in that place: they rest until they are taken up again. */
  others?: OpenSession[];
  /** What conditions may look at and nobody is asked. */
  known?: Values;
  /** Said before the first question. */
  opening?: Line[];
}

/**
 * Starts a questionnaire or checklist with a person; its first question goes into the outbox.
 * @returns the session's id
 */
export async function begin(library: Library, beginning: Beginning, writes: Writes): Promise<string> {
  const {
    flowId,
    flowVersion,
    campaignId,
    assignmentId,
    unitId,
    secret = null,
    part = 'visit',
    person,
    place,
    at,
    known,
  } = beginning;
  const flow = await library.flow(flowId, flowVersion);
  const { zone } = await library.campaign(campaignId);
  const begun = step(flow, null, { kind: 'begin', at, ...(known === undefined ? {} : { known }) }, { zone });
  const room = place.room ?? '';
  const session: OpenSession = {
    id: beginning.sessionId ?? randomUUID(),
    campaignId,
    assignmentId,
    flowId,
    flowVersion,
    state: begun.state,
    room,
    address: null,
    unitId,
    secret,
    part,
  };
  const aside = await putAside(library, writes, beginning.others ?? [], at);
  const opening = [...aside, ...(beginning.opening ?? [])];
  recordStep(writes, begun, { flow, session, person, place, at, opening });
  writes.begun.push({
    ...sessionRow(begun, session.id, place.room ?? place.urn, at),
    contactId: person.id,
    room,
    campaignId,
    assignmentId,
    flowId,
    flowVersion,
    part,
    ...(beginning.surveyCode === undefined ? {} : { surveyCode: beginning.surveyCode }),
  });
  return session.id;
}

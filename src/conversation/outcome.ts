import { findingOf, findingsIn } from '../campaign/finding.ts';
import { channelOf } from '../channels/address.ts';
import type { Flow } from '../flow/definition.ts';
import { questionOf } from '../flow/route.ts';
import type { Line, Say } from '../flow/say.ts';
import { isEnded } from '../flow/session.ts';
import type { Effect, Step } from '../flow/step.ts';
import type { Value } from '../flow/value.ts';
import type { OpenSession, Person } from '../store/turns.ts';
import { type OutboxRow, priority, type SessionRow, type Writes } from '../store/writes.ts';
import type { Submitted } from './rated.ts';

/** Where an answer goes: the room it was asked in (to that person), or the person in private. */
export interface ReplyPlace {
  urn: string;
  room: string | null;
  /** In a room: for this person's eyes only. */
  only?: boolean;
}

/** Channels that can redraw a message once its question is answered. */
export const redraws: ReadonlySet<string> = new Set(['slack', 'console']);

/** One step and whom it concerns; `session.state` is what stood before the step. */
export interface StepRecord {
  flow: Flow;
  session: OpenSession;
  person: Person;
  place: ReplyPlace;
  at: string;
  /** Said before all else. */
  opening?: Line[];
  /** Said after all else. */
  closing?: Line[];
  /** The rating that becomes of an anonymous session with this step. */
  submitted?: Submitted;
}

/** Translates what the engine decided into rows. */
export function recordStep(writes: Writes, step: Step, about: StepRecord): void {
  const notices: Line[] = [];
  const settles = settlesOf(step, about);
  const before = writes.outbox.length;
  for (const effect of step.effects) recordEffect(writes, { step, effect }, about, { notices, settles });
  if (settles.length > 0) {
    // Redrawn where it was asked, which is not where it was answered by somebody with several addresses.
    const address = about.session.address ?? aimOf(about.place);
    const row = replyRow({ lines: [] }, about.place, about.person, about.at, about.session.id);
    writes.outbox.splice(before, 0, {
      ...row,
      ...keptFrom(about.session),
      settles,
      channel: channelOf(address),
      address,
    });
  }
  if (!isEnded(step.state) || !about.flow.anonymous) return;
  if (about.submitted === undefined) writes.forgotten.push(about.session.id);
  else writes.rated.push({ sessionId: about.session.id, ...about.submitted.rated });
}

export function sessionRow(step: Step, id: string, address: string | null, at: string): SessionRow {
  return {
    id,
    status: step.state.status,
    state: step.state,
    address,
    at,
    wakeAt: step.state.wakeAt,
    endedAt: isEnded(step.state) ? at : null,
  };
}

/** An anonymous session ends with this step: the last line of what is said is about all such sessions alike. */
function isGoodbye({ state }: Step, { flow }: StepRecord): boolean {
  return flow.anonymous && isEnded(state);
}

type Settles = NonNullable<OutboxRow['settles']>;

/** The questions that are redrawn: they go with what is said in the same place. */
function settlesOf({ effects }: Step, { session, place }: StepRecord): Settles {
  if (!redraws.has(channelOf(session.address ?? aimOf(place)))) return [];
  return effects.flatMap((effect) =>
    effect.kind === 'settled' ? [{ question: effect.question, say: effect.answer }] : [],
  );
}

function aimOf({ room, urn }: ReplyPlace): string {
  return room ?? urn;
}

function recordEffect(
  writes: Writes,
  { step, effect }: { step: Step; effect: Effect },
  about: StepRecord,
  { notices, settles }: { notices: Line[]; settles: Settles },
): void {
  const { flow, session, person, place, at } = about;
  const sessionId = session.id;
  switch (effect.kind) {
    case 'say': {
      const say = withTarget(effect.say, sessionId);
      const lines = [...(about.opening ?? []), ...notices, ...say.lines, ...(about.closing ?? [])];
      // All that is said to somebody anonymous is forgotten once it was; the goodbye, which tells no answer, is kept apart
      // from the rest, so that the console page can still show it for a while.
      const goodbye = isGoodbye(step, about) ? lines.pop() : undefined;
      if (lines.length > 0) {
        const row = replyRow({ ...say, lines }, place, person, at, sessionId, say.ask?.question);
        const here = row.address === (session.address ?? row.address) ? settles.splice(0) : [];
        writes.outbox.push({ ...row, ...keptFrom(session), ...(here.length > 0 ? { settles: here } : {}) });
      }
      if (goodbye !== undefined)
        writes.outbox.push({
          ...replyRow({ lines: [goodbye, ...(about.submitted?.lines ?? [])] }, place, person, at),
          forget: true,
        });
      return;
    }
    case 'answered': {
      const { question, value } = effect;
      // What stood before (also partial photos) is kept as history.
      if (session.state.values[question] !== undefined) writes.replaced.push({ sessionId, question, at });
      const said = flow.anonymous ? null : effect.said;
      writes.answers.push({ sessionId, question, value, said, at });
      recordEvidence(writes, effect, about);
      recordFinding(writes, { step, effect }, about, notices);
      return;
    }
    case 'cleared':
      writes.replaced.push({ sessionId, question: effect.question, at });
      if (mayHaveFound(about))
        writes.withdrawn.push({ sessionId, question: effect.question, by: person.id, at });
      return;
    case 'settled':
      return;
    case 'ended':
      if (effect.how !== 'completed')
        withdrawAll(writes, { step, about, by: effect.how === 'left' ? person.id : null }, notices);
      return;
  }
}

/** A checklist that was left or has expired counts for nothing, and so do the problems that it recorded. */
function withdrawAll(
  writes: Writes,
  { step, about, by }: { step: Step; about: StepRecord; by: string | null },
  notices: Line[],
): void {
  const { flow, session, at } = about;
  const found = mayHaveFound(about) ? findingsIn(flow, step.state.values) : [];
  for (const { question } of found) writes.withdrawn.push({ sessionId: session.id, question, by, at });
  if (found.length > 0)
    notices.push({ key: 'conversation:findings.withdrawn', params: { count: found.length } });
}

type Answered = Extract<Effect, { kind: 'answered' }>;

/** Photos that are evidence of answers belong to the findings that those opened. */
function recordEvidence(writes: Writes, { question: id, value }: Answered, about: StepRecord): void {
  const question = questionOf(about.flow, id);
  if (question.type !== 'photo') return;
  const attachments = attachmentsIn(value);
  for (const evident of question.evidenceOf ?? [])
    writes.evidence.push({ sessionId: about.session.id, question: evident, attachments });
}

function attachmentsIn(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.flatMap((one) => (typeof one === 'object' ? [one.id] : [])) : [];
}

/** A finding has a number, an instant and a unit: of somebody anonymous none is opened (docs/decisions/0009). */
function mayHaveFound({ flow, session }: StepRecord): boolean {
  return session.assignmentId !== null && !flow.anonymous;
}

function recordFinding(
  writes: Writes,
  { step, effect }: { step: Step; effect: Answered },
  about: StepRecord,
  notices: Line[],
): void {
  const { flow, session, person, at } = about;
  if (!mayHaveFound(about)) return;
  const found = findingOf(flow, questionOf(flow, effect.question), effect.value, session.state.values);
  if (found === null) {
    if (session.state.values[effect.question] !== undefined)
      writes.withdrawn.push({ sessionId: session.id, question: effect.question, by: person.id, at });
    return;
  }
  notices.push({ key: 'conversation:finding.opened', params: { problem: found.problem } });
  writes.findings.push({
    campaignId: session.campaignId,
    assignmentId: session.assignmentId,
    unitId: session.unitId,
    sessionId: session.id,
    question: effect.question,
    problem: found.problem,
    value: effect.value,
    reportedBy: person.id,
    // A corrected answer may open a finding whose photos are there already.
    attachments: found.evidence.flatMap((photo) => attachmentsIn(step.state.values[photo])),
    place: null,
    at,
  });
}

function keptFrom({ secret }: OpenSession): Pick<OutboxRow, 'secret'> {
  return secret === null ? {} : { secret };
}

function withTarget(say: Say, sessionId: string): Say {
  return say.ask === undefined ? { ...say } : { ...say, ask: { ...say.ask, target: `session:${sessionId}` } };
}

/** A reply to where the message came from. */
export function replyRow(
  say: Say,
  place: ReplyPlace,
  person: Person,
  at: string,
  sessionId?: string,
  question?: string,
): OutboxRow {
  const row: OutboxRow = {
    channel: channelOf(place.urn),
    address: aimOf(place),
    contactId: person.id,
    priority: priority.reply,
    say,
    at,
    dueAt: at,
  };
  // What one person alone sees need not call them.
  if (place.room !== null && place.only === true) row.only = place.urn;
  else if (place.room !== null) row.mention = place.urn;
  if (sessionId !== undefined) row.sessionId = sessionId;
  if (question !== undefined) row.question = question;
  return row;
}

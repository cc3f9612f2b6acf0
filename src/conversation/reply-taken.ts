import { lintMeasure, type MeasureFlaw } from '../campaign/rectification/lint.ts';
import type { Rectification } from '../campaign/rectification/record.ts';
import type { Flow } from '../flow/definition.ts';
import { describe } from '../flow/describe.ts';
import type { Question } from '../flow/questions/question.ts';
import { isRelevant, positionOf } from '../flow/route.ts';
import type { Line, Param, Params, SentenceKey } from '../flow/say.ts';
import type { Values } from '../flow/value.ts';
import { type LedgerFinding, takeFindingOfSession } from '../store/ledger.ts';
import { ledgerCoordinators } from '../store/ledger-coordinators.ts';
import { type LedgerWork, makeMove, moverFor } from './ledger.ts';
import { about, noticeRows, tellAt } from './ledger-post.ts';
import { photosIn } from './order-notice.ts';

/** A run through the reply questionnaire that has just been completed. */
export interface GivenReply {
  sessionId: string;
  flow: Flow;
  values: Values;
  contactId: string;
  /** The message that completed it. */
  seq: number;
}

/**
 * Takes a completed reply to the problem that it is about: under way, or done and to be verified, of which the coordinators
 * hear. @returns what the person is told besides
 */
export async function takeReply(work: LedgerWork, given: GivenReply): Promise<Line[]> {
  const finding = await takeFindingOfSession(work.run, given.sessionId);
  if (finding === null) return [{ key: 'ledger:reply.moot' }];
  const who = await moverFor(work, given.contactId, finding.campaignId);
  const isDone = given.values.progress === 'done';
  const measure = {
    owner: textIn(given.values, 'owner'),
    measure: textIn(given.values, 'measure'),
    steps: isDone ? null : textIn(given.values, 'steps'),
  };
  const moved = await makeMove(work, finding, { kind: isDone ? 'reply' : 'plan', ...measure }, who);
  if (moved.kind === 'refused') return [moved.sentence];
  const flaws = flawLines(moved.to);
  await tellCoordinators(work, { ...finding, record: moved.to }, given, flaws);
  const done: Line = {
    key: isDone ? 'ledger:reply.done' : 'ledger:reply.working',
    params: { number: finding.number },
  };
  return flaws.length === 0
    ? [done]
    : [done, ...flaws, { key: 'ledger:lint.mend', params: { number: finding.number } }];
}

function textIn(values: Values, id: string): string {
  const value = values[id];
  return typeof value === 'string' ? value : '';
}

/** What a measure lacks, in words (DA-2). */
export function flawLines({ owner, measure, task }: Rectification): Line[] {
  return lintMeasure({ owner, measure, task }).map((flaw) => ({
    key: `ledger:lint.${flaw.kind}`,
    params: wordsOf(flaw),
  }));
}

function wordsOf(flaw: MeasureFlaw): Params {
  return flaw.kind === 'vague' ? { words: { list: flaw.words } } : {};
}

async function tellCoordinators(
  { run, library, at, writes }: LedgerWork,
  finding: LedgerFinding & { record: Rectification },
  { flow, values, contactId, seq }: GivenReply,
  flaws: Line[],
): Promise<void> {
  const { number, campaignId, record } = finding;
  const isDone = record.state === 'replied';
  const lines: Line[] = [
    { key: isDone ? 'ledger:reply.told' : 'ledger:reply.told.working', params: about(finding) },
    ...answerLines(flow, values),
    ...flaws,
    ...(isDone ? [{ key: 'ledger:reply.judge', params: { number } } as const] : []),
  ];
  const options = [
    { id: String(number), label: { key: 'ledger:tap.verify' } as const },
    { id: `${number} return`, label: { key: 'ledger:tap.return' } as const },
  ];
  const facts = await library.campaign(campaignId);
  const notice = {
    key: `ledger:${finding.id}:replied:${seq}`,
    lines,
    ...(isDone ? { tap: { command: 'verify', options } } : {}),
    attachments: photosIn(values.proof),
    except: contactId,
  };
  const coordinators = await ledgerCoordinators(run, finding);
  writes.outbox.push(...noticeRows(coordinators, notice, facts, { at, dueAt: tellAt(facts, at) }));
}

/** What an answer of a reply is called in a list. */
export function answerLabel(id: string): { key: SentenceKey } {
  return { key: `ledger:answer.${id}` as SentenceKey };
}

/** A reply as its reader sees it: each answer under the number by which it can be sent back. */
export function answerLines(
  flow: Flow,
  values: Values,
  labelOf: (question: Question) => Param = ({ id }) => answerLabel(id),
): Line[] {
  return flow.questions.flatMap((question): Line[] => {
    const value = values[question.id];
    if (question.type === 'note' || value === undefined || !isRelevant(question, values)) return [];
    const { number } = positionOf(flow, values, question.id);
    const label = labelOf(question);
    return [{ key: 'ledger:answer', params: { number, label, answer: describe(question, value) } }];
  });
}

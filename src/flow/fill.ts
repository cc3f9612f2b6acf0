import { answer } from './answer.ts';
import type { Flow } from './definition.ts';
import { optionsOf } from './describe.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import type { Reply } from './reply.ts';
import { isRelevant, questionOf } from './route.ts';
import type { Line } from './say.ts';
import type { SessionState } from './session.ts';
import { step } from './step.ts';
import { advance, openFrom, type Turn } from './turn.ts';
import type { Values } from './value.ts';

/** What somebody wrote into a form, by question id: option ids for what is chosen, else the words as typed. */
export type Fields = Record<string, string | string[] | undefined>;

export interface Filled {
  /** What was given and can be taken. */
  values: Values;
  /** Ids of questions that are relevant, required and were not given, in order. */
  missing: string[];
  /** What was given and can't be taken, in order, and what the chat would say to it. */
  faults: { question: string; line: Line }[];
  /** Ids of the questions that these answers lead to, in order; without notes, photos and places. */
  relevant: string[];
}

/**
 * Fills a flow from a form, question by question through the engine, so that relevance, constraints and readings are those
 * of the chat. Two things differ, as a form is no talk: words like 退出 or 改 3 are answers and nothing else, and what was
 * only inferred (半小时 → 30) is not asked about where it is the last answer: the form shows it.
 * Photos and places are not asked for on forms: they are passed over, even where a chat insists on them.
 * @param at ISO instant, and `zone` the IANA zone, in which days are read
 */
export function fill(flow: Flow, fields: Fields, { at, zone }: { at: string; zone: string }): Filled {
  const missing: string[] = [];
  const faults: Filled['faults'] = [];
  let { state } = step(flow, null, { kind: 'begin', at }, { zone });
  // Answers are given in order, so each question is met once.
  for (let met = 0; state.at !== null && met < flow.questions.length; met += 1) {
    const question = questionOf(flow, state.at);
    const turn = { flow, at, zone, state };
    const given = isOnForms(question) ? give(turn, question, fields) : null;
    if (given === null && isOnForms(question) && question.required) missing.push(question.id);
    if (given !== null && 'fault' in given) faults.push({ question: question.id, line: given.fault });
    state = given !== null && 'state' in given ? given.state : passOver(turn, question);
  }
  const relevant = flow.questions.filter((one) => isOnForms(one) && isRelevant(one, state.values));
  return { values: state.values, missing, faults, relevant: relevant.map(({ id }) => id) };
}

/** A question that a form can ask. */
export type FormQuestion = Exclude<Question, { type: 'note' | 'photo' | 'place' }>;

export function isOnForms(question: Question): question is FormQuestion {
  return question.type !== 'note' && question.type !== 'photo' && question.type !== 'place';
}

type Beginning = Pick<Turn, 'flow' | 'at' | 'zone' | 'state'>;

/** Null where nothing was given, or only that there is nothing to say. */
function give(
  beginning: Beginning,
  question: FormQuestion,
  fields: Fields,
): { state: SessionState } | { fault: Line } | null {
  const reply = replyOf(question, Object.hasOwn(fields, question.id) ? fields[question.id] : undefined);
  if (reply === null) return null;
  const reading = read(question, reply, beginning);
  if (reading.kind === 'skip') return null;
  const once = answer(turnFrom(beginning), question, reply);
  const isAskedBack = once.state.at === question.id && once.state.doubt !== null && reading.kind === 'value';
  const taken = isAskedBack ? answer(turnFrom({ ...beginning, state: once.state }), question, yes) : once;
  if (taken.state.values[question.id] !== undefined) return { state: taken.state };
  const said = taken.effects.find((effect) => effect.kind === 'say');
  return { fault: said?.say.lines[0] ?? { key: 'flow:constraint' } };
}

const yes: Reply = { kind: 'text', text: '是', attachments: [], addressed: true };

/** Null for what was left empty. Nothing ticked is an answer only where it must be one and may be nothing. */
function replyOf(question: FormQuestion, given: string | string[] | undefined): Reply | null {
  const parts = (given === undefined ? [] : [given].flat()).filter((part) => part.trim() !== '');
  const isNothing = question.type === 'choices' && question.required && question.min === 0;
  if (parts.length === 0 && !isNothing) return null;
  const reply: Reply = { kind: 'text', text: '', attachments: [], addressed: true };
  if (optionsOf(question).length > 0) return { ...reply, press: { question: question.id, options: parts } };
  return { ...reply, text: parts.join('\n') };
}

/** Goes on without an answer, be it required or not: what is missing is told all at once. */
function passOver(beginning: Beginning, question: Question): SessionState {
  const turn = turnFrom(beginning);
  turn.state.skipped = [...turn.state.skipped, question.id];
  return advance(turn, openFrom(turn, question)).state;
}

function turnFrom({ flow, at, zone, state }: Beginning): Turn {
  return { flow, at, zone, before: state, state: { ...state }, effects: [], lines: [], named: null };
}

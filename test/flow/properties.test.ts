import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeAsk } from '../../src/flow/correct.ts';
import type { Flow } from '../../src/flow/definition.ts';
import type { Event } from '../../src/flow/event.ts';
import {
  fits,
  isAnswered,
  isRelevant,
  nextOpen,
  placeOf,
  questionOf,
  wasAsked,
} from '../../src/flow/route.ts';
import { isEnded, SessionState } from '../../src/flow/session.ts';
import { type Step, step } from '../../src/flow/step.ts';
import { flows, type Move, moves, properAnswer, replyFor } from './arbitrary.ts';

const context = { zone: 'Asia/Shanghai' };
const start = '2026-07-09T01:00:00.000Z';

/** Plays a random conversation. Every state goes to JSON and back, and is frozen before it is handed to the engine. */
function play(flow: Flow, given: Move[]): { event: Event; before: SessionState | null; taken: Step }[] {
  let now = Date.parse(start);
  let state = kept(step(flow, null, { kind: 'begin', at: start }, context).state);
  const steps = [
    {
      event: { kind: 'begin', at: start } as Event,
      before: null as SessionState | null,
      taken: step(flow, null, { kind: 'begin', at: start }, context),
    },
  ];
  for (const move of given) {
    now += move.kind === 'silence' ? move.minutes * 60_000 : 1_000;
    const at = new Date(now).toISOString();
    const event = eventOf(flow, state, move, at);
    const taken = step(flow, state, event, context);
    steps.push({ event, before: state, taken });
    state = kept(taken.state);
  }
  return steps;
}

function eventOf(flow: Flow, state: SessionState, move: Move, at: string): Event {
  if (move.kind === 'silence') return { kind: 'wake', at };
  if (move.kind === 'aside') return { kind: 'aside', at };
  return { kind: 'reply', at, reply: replyFor(flow, state, move) };
}

function kept(state: SessionState): SessionState {
  return frozen(SessionState.parse(JSON.parse(JSON.stringify(state))));
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

it('keeps what must always hold, whatever people do', () => {
  fc.assert(
    fc.property(flows, moves, (flow, given) => {
      for (const { event, before, taken } of play(flow, given)) {
        expectStateToHold(flow, taken.state);
        expectEffectsToHold(flow, before, taken);
        if (taken.understood && taken.state.wakeAt !== null) expect(taken.state.wakeAt > event.at).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

function expectStateToHold(flow: Flow, state: SessionState): void {
  expect(SessionState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  expect(state.status === 'live' || state.status === 'paused').toBe(!isEnded(state));
  expect(state.rest !== null).toBe(state.status === 'paused');
  for (const id of state.choosing?.among ?? [])
    expect(wasAsked(flow, state, questionOf(flow, id))).toBe(true);
  expect(state.wakeAt === null).toBe(isEnded(state));
  for (const id of [...Object.keys(state.values), ...state.skipped, ...state.seen]) {
    const question = questionOf(flow, id);
    expect(isRelevant(question, state.values), `${id} is relevant`).toBe(true);
    const value = state.values[id];
    if (value !== undefined) expect(fits(question, value, state.values), `${id} fits`).toBe(true);
  }
  for (const id of state.skipped) expect(questionOf(flow, id)).toMatchObject({ required: false });
  expect(new Set(state.skipped).size + new Set(state.seen).size).toBe(
    state.skipped.length + state.seen.length,
  );
  if (state.at !== null) {
    const asked = questionOf(flow, state.at);
    expect(asked.type).not.toBe('note');
    expect(isRelevant(asked, state.values)).toBe(true);
    // The first open question, or one that was gone back to.
    if (state.values[state.at] === undefined && !state.skipped.includes(state.at))
      expect(firstOpen(flow, state)).toBe(placeOf(flow, state.at));
  }
  if (state.status === 'completed') expect(nextOpen(flow, state, 0)).toBeUndefined();
  if (state.status === 'completed')
    for (const question of flow.questions)
      if (question.type !== 'note' && question.required && isRelevant(question, state.values))
        expect(isAnswered(question, state.values), `${question.id} is answered`).toBe(true);
}

function firstOpen(flow: Flow, state: SessionState): number {
  const open = flow.questions.findIndex(
    (question) =>
      question.type !== 'note' &&
      isRelevant(question, state.values) &&
      !isAnswered(question, state.values) &&
      !state.skipped.includes(question.id),
  );
  return open < 0 ? flow.questions.length : open;
}

function expectEffectsToHold(
  flow: Flow,
  before: SessionState | null,
  { state, effects, understood }: Step,
): void {
  if (!understood) {
    expect(effects).toEqual([]);
    expect(state).toEqual(before);
    return;
  }
  const says = effects.flatMap((effect) => (effect.kind === 'say' ? [effect.say] : []));
  expect(says.length).toBeLessThanOrEqual(1);
  // Whatever can be tapped or numbered belongs to the question that the next words answer.
  for (const { ask } of says)
    if (ask !== undefined) expect(ask.question).toBe(state.choosing === null ? state.at : changeAsk);
  const ended = effects.flatMap((effect) => (effect.kind === 'ended' ? [effect.how] : []));
  // What is said about one that is over already need not end it again.
  const wasOver = before !== null && isEnded(before);
  if (!(wasOver && isEnded(state) && ended.length === 0))
    expect(ended).toEqual(isEnded(state) ? [state.status] : []);
  const values = { ...before?.values };
  for (const effect of effects) {
    if (effect.kind === 'answered') {
      expect(state.values[effect.question]).toEqual(effect.value);
      values[effect.question] = effect.value;
    }
    if (effect.kind === 'cleared') delete values[effect.question];
    if (effect.kind === 'settled' && effect.question !== changeAsk)
      expect(questionOf(flow, effect.question).type).not.toBe('note');
  }
  // The effects say all that changed: the answers in the database are those in the state.
  expect(values).toEqual(state.values);
}

it('gives the same for the same events', () => {
  fc.assert(
    fc.property(flows, moves, (flow, given) => {
      const first = play(flow, given);
      let state: SessionState | null = null;
      for (const { event, taken } of first) {
        // The second time the states stay in memory: serialising between the steps changes nothing.
        const again: Step = step(flow, state, event, context);
        expect(again).toEqual(taken);
        state = again.state;
      }
    }),
    { numRuns: 300 },
  );
});

it('leaves the answers that were given straight away, once they are corrected', () => {
  const picks = fc.array(fc.nat(20), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(flows, picks, picks, (flow, first, last) => {
      const open = { ...flow, questions: [...flow.questions, ending] };
      const straight = answerAll(open, started(open), last);
      fc.pre(straight.at === ending.id);
      let state = answerAll(open, started(open), first);
      fc.pre(state.at === ending.id);
      for (const question of flow.questions) {
        if (question.type === 'note' || state.values[question.id] === undefined) continue;
        state = correct(open, state, question.id, last);
        state = answerAll(open, state, last);
      }
      expect(state.values).toEqual(straight.values);
    }),
    { numRuns: 500 },
  );
});

const ending = { id: 'ending', type: 'text', label: '结束语', required: true, min: 1, max: 100 } as const;

function started(flow: Flow): SessionState {
  return step(flow, null, { kind: 'begin', at: start }, context).state;
}

/** Answers what is asked, by place in the flow, until only the last question is left or an answer is refused. */
function answerAll(flow: Flow, begun: SessionState, picks: number[]): SessionState {
  let state = begun;
  while (state.at !== null && state.at !== ending.id) {
    const at = state.at;
    state = step(flow, state, { kind: 'reply', at: start, reply: answerTo(flow, at, picks) }, context).state;
    if (state.at === at || state.status !== 'live') return state;
  }
  return state;
}

/** Goes back to a question by the number that it has now, and answers it anew. */
function correct(flow: Flow, before: SessionState, id: string, picks: number[]): SessionState {
  const counted = flow.questions.filter(
    (question) => question.type !== 'note' && isRelevant(question, before.values),
  );
  const number = counted.findIndex((question) => question.id === id) + 1;
  const asked = {
    kind: 'reply' as const,
    at: start,
    reply: { kind: 'text' as const, text: `改 ${number}`, attachments: [], addressed: true },
  };
  const heard = step(flow, before, asked, context).state;
  // The labels count from 0: where the number is another question's own, it is asked which one is meant.
  const tap: Event = { ...asked, reply: { ...asked.reply, press: { question: changeAsk, options: [id] } } };
  const back = heard.choosing === null ? heard : step(flow, heard, tap, context).state;
  expect(back.at).toBe(id);
  return step(flow, back, { kind: 'reply', at: start, reply: answerTo(flow, id, picks) }, context).state;
}

function answerTo(flow: Flow, id: string, picks: number[]) {
  return properAnswer(questionOf(flow, id), picks[placeOf(flow, id)] ?? 0);
}

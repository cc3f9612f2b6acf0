import type { Flow } from './definition.ts';
import { orderOf } from './order.ts';
import { isRelevant, placeOf } from './route.ts';
import type { SessionState } from './session.ts';
import { wakeAt } from './silence.ts';
import { advance, type Step } from './turn.ts';

/**
 * Opens a session that has ended once more, for these questions alone: their answers are taken back, all others stand, and
 * the first that is open is asked. With no questions it goes on where it was left. Pure, like `step`.
 * @returns as `step`; it is complete at once when nothing is left to ask
 */
export function reopen(
  flow: Flow,
  before: SessionState,
  questions: readonly string[],
  { at, zone }: { at: string; zone: string },
): Step {
  const values = { ...before.values };
  const cleared = withFollowers(flow, questions).filter((id) => values[id] !== undefined);
  const again = new Set(withFollowers(flow, questions));
  for (const id of cleared) delete values[id];
  const state: SessionState = {
    ...before,
    status: 'live',
    values,
    skipped: before.skipped.filter((id) => !again.has(id)),
    at: null,
    last: null,
    doubt: null,
    tries: 0,
    restart: null,
    nudged: false,
  };
  const effects = cleared.map((question) => ({ kind: 'cleared' as const, question }));
  const taken = advance({ flow, before, at, zone, state, effects, lines: [], named: null }, 0);
  taken.state.wakeAt = wakeAt(flow, taken.state, at);
  return taken;
}

/** These questions, and those that are only asked because of them and would not be without. */
function withFollowers(flow: Flow, questions: readonly string[]): string[] {
  const followers = questions.flatMap((id) => orderOf(flow).followers[placeOf(flow, id)] ?? []);
  const dependent = followers.flatMap((place) => {
    const question = flow.questions[place];
    return question !== undefined && !isRelevant(question, {}) ? [question.id] : [];
  });
  return [...new Set([...questions, ...dependent])];
}

import { mentions } from './condition.ts';
import type { Flow } from './definition.ts';
import type { Question } from './questions/question.ts';

/** What every step asks about a flow's questions, made ready once a flow. A place is a question's index from 0. */
export interface Order {
  places: ReadonlyMap<string, number>;
  /** By place: how many questions that take an answer stand up to there. People count these, not the notes. */
  numbers: readonly number[];
  /** Places of the questions that take an answer but are not always asked. */
  conditional: readonly number[];
  /** By place: the later places whose relevance or constraint hangs on it, also through others; ascending. */
  followers: readonly (readonly number[])[];
}

const orders = new WeakMap<Flow, Order>();

export function orderOf(flow: Flow): Order {
  let order = orders.get(flow);
  if (order === undefined) {
    order = makeOrder(flow.questions);
    orders.set(flow, order);
  }
  return order;
}

function makeOrder(questions: readonly Question[]): Order {
  const places = new Map(questions.map(({ id }, place) => [id, place]));
  let count = 0;
  const numbers = questions.map(({ type }) => (type === 'note' ? count : ++count));
  const conditional = [...questions.keys()].filter((place) => {
    const question = questions[place];
    return question?.type !== 'note' && question?.relevant !== undefined;
  });
  return { places, numbers, conditional, followers: followersOf(questions, places) };
}

/** From the last question to the first, as those of a follower are followers too. */
function followersOf(questions: readonly Question[], places: ReadonlyMap<string, number>): number[][] {
  const direct = questions.map((): number[] => []);
  questions.forEach((question, place) => {
    for (const id of mentionedBy(question)) {
      const earlier = places.get(id) ?? place;
      if (earlier < place) direct[earlier]?.push(place);
    }
  });
  const all: number[][] = questions.map(() => []);
  for (const place of [...questions.keys()].reverse()) {
    const found = new Set(direct[place]?.flatMap((follower) => [follower, ...(all[follower] ?? [])]));
    all[place] = [...found].sort((one, other) => one - other);
  }
  return all;
}

function mentionedBy(question: Question): string[] {
  const conditions = [question.relevant, question.type === 'note' ? undefined : question.constraint];
  return conditions.flatMap((condition) => (condition === undefined ? [] : mentions(condition)));
}

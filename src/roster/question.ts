import type { Option } from '../flow/say.ts';
import { type Entry, entryFault } from './read-table.ts';
import type { RosterFault, RosterSentence } from './table.ts';

/**
 * Something that people must decide: whether two spellings mean one. `id` is the same for the same words, however often and
 * in whatever file they come, so that an answer holds for all of them and is remembered.
 */
export interface Question {
  id: string;
  place: RosterFault;
  options: { value: string; label: Option['label'] }[];
}

/** The answer that says: somebody, or something, else. */
export const another = 'new';

/** Answers by the ids of questions. */
export type Answers = Readonly<Record<string, string>>;

/** What is found out about a roster on the way. */
export interface Findings {
  faults: RosterFault[];
  questions: Map<string, Question>;
  /** What was done with a row that people may want to look at. */
  notes: RosterFault[];
}

/** The answer to a question, where there is one that can still be given; else it is asked. */
export function ask(
  { questions }: Findings,
  answers: Answers,
  {
    id,
    entry,
    field,
    sentence,
    options,
  }: Omit<Question, 'place'> & { entry: Entry; field: string; sentence: RosterSentence },
): string | null {
  const answer = answers[id];
  if (answer !== undefined && options.some(({ value }) => value === answer)) return answer;
  if (!questions.has(id))
    questions.set(id, { id, options, place: entryFault(entry, field, sentence.key, sentence.params) });
  return null;
}

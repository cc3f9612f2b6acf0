import type { Question } from './questions/question.ts';
import type { Reply } from './reply.ts';
import { isRelevant, placeOf } from './route.ts';
import type { Turn } from './turn.ts';

/** Fewer clauses are mostly one option said at length. */
const clausesMin = 3;
const between = /[,，、;；。.!！\n]+|(?<![a-z])and(?![a-z])/iu;
/** A phone or an identity card: such words are never kept unasked. */
const personal = /\d[\d\s-]{5,}\d/u;

/**
 * Several reasons in a rater's own words, of which options can only hold a part, are kept whole as the comment where the survey asks for one
 * later: nobody has to say them twice, and nothing is lost. It is said that they are.
 */
export function keepWords({ flow, state, effects, lines }: Turn, question: Question, reply: Reply): void {
  const said = reply.text.trim();
  if (!flow.anonymous || question.type !== 'choices' || reply.press !== undefined) return;
  if (
    said.split(between).filter((one) => one.trim() !== '').length < clausesMin ||
    personal.test(said.normalize('NFKC')) ||
    !/\p{L}/u.test(said)
  )
    return;
  const comment = flow.questions.find(
    (one) => one.type === 'text' && placeOf(flow, one.id) > placeOf(flow, question.id),
  );
  if (comment?.type !== 'text' || comment.required || !isRelevant(comment, state.values)) return;
  if (state.values[comment.id] !== undefined || [...said].length > (comment.max ?? Infinity)) return;
  state.values = { ...state.values, [comment.id]: said };
  effects.push({ kind: 'answered', question: comment.id, value: said, said });
  lines.push({ key: 'flow:words-kept' });
}

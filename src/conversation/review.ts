import { findingsIn } from '../campaign/finding.ts';
import type { Flow } from '../flow/definition.ts';
import type { Line } from '../flow/say.ts';
import type { SessionState } from '../flow/session.ts';
import type { Text } from '../flow/text.ts';

/** A question that takes more than this asks for a story, not for a name (characters). */
const nameMax = 200;
/** Problems that the summary names. */
const namedMax = 5;

/** What a complete checklist says: how much was answered and found, and that it can still be corrected. */
export function reviewLines(flow: Flow, { values, skipped }: SessionState): Line[] {
  const found = findingsIn(flow, values).map(({ problem }) => problem);
  const params = { answered: Object.keys(values).length, skipped: skipped.length };
  const first: Line =
    found.length === 0
      ? { key: 'conversation:review.clean', params }
      : {
          key: 'conversation:review',
          params: { ...params, count: found.length },
        };
  return [first, ...problemLines(found), { key: 'conversation:review.how' }];
}

/** One line a problem: their names have commas of their own. */
function problemLines(problems: Text[]): Line[] {
  const named = problems
    .slice(0, namedMax)
    .map((problem): Line => ({ key: 'conversation:review.problem', params: { problem } }));
  const left = problems.length - named.length;
  return left === 0 ? named : [...named, { key: 'conversation:review.more', params: { left } }];
}

/** What a checklist is called: its first words, where they come before anything is judged; else its title. */
export function windowOf({ questions, title }: Flow, { values }: Pick<SessionState, 'values'>): Text {
  const first = questions.find(({ type }) => type !== 'note');
  const value = first?.type === 'text' && first.max <= nameMax ? values[first.id] : undefined;
  return typeof value === 'string' ? [...value].slice(0, 40).join('') : title;
}

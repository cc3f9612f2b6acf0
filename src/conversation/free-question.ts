import { isFree } from '../flow/room.ts';
import type { Library } from '../store/library.ts';
import type { WaitingTurn } from '../store/turns.ts';

/**
 * Whether the question that waits for an answer here takes any words at all: there a command's own word, or the number of a
 * choice that a command printed since, would be kept as an answer that nobody gave.
 */
export async function asksFreely(
  library: Library,
  { sessions }: Pick<WaitingTurn, 'sessions'>,
): Promise<boolean> {
  const [head] = sessions;
  if (head === undefined || head.state.status === 'paused' || head.state.at === null) return false;
  const { questions } = await library.flow(head.flowId, head.flowVersion);
  const question = questions.find(({ id }) => id === head.state.at);
  return question !== undefined && isFree(question);
}

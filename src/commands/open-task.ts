import type { SentenceKey } from '../flow/say.ts';
import type { CommandContext } from './command.ts';
import { type OwnAssignment, ownAssignments } from './own-assignments.ts';

const marked = /^(?:#|＃|no\.?\s*)(\d{1,9})[\s:：,，]+|^(\d{1,9})号(?![窗柜楼厅台])(?:任务)?[\s:：,，]*/i;

/** `#3 …` and `3号 …`: a number that is marked as a task's, and the rest; null without one. */
export function taskMarked(said: string): { number: number | null; words: string } {
  const lead = marked.exec(said);
  if (lead === null) return { number: null, words: said.trim() };
  return { number: Number(lead[1] ?? lead[2]), words: said.slice(lead[0].length).trim() };
}

/**
 * The task that something is recorded for: the one whose number was given, whose checklist is open here, or the only one
 * that is open. Answers the person and returns null where there is none, or when it must be asked which.
 */
export async function openTask(
  context: CommandContext,
  number: number | null,
  { none, which }: { none: SentenceKey; which: SentenceKey },
): Promise<OwnAssignment | null> {
  const open = (await ownAssignments(context)).filter(({ reportedAt }) => reportedAt === null);
  const inHand = context.turn.sessions.find(({ assignmentId }) => assignmentId !== null)?.assignmentId;
  const begun = open.find(({ id }) => id === inHand);
  const meant =
    number === null ? (begun === undefined ? open : [begun]) : open.filter((one) => one.number === number);
  const [first, second] = meant;
  if (first === undefined)
    context.reply(number === null ? { key: none } : { key: 'commands:tasks.unknown', params: { number } });
  else if (second !== undefined) {
    const list = open.map((task) => task.number);
    context.reply({ key: which, params: { numbers: { list }, number: first.number } });
  } else return first;
  return null;
}

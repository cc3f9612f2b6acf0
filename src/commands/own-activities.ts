import { Activity, type Mode } from '../campaign/activities/activity.ts';
import type { SentenceKey } from '../flow/say.ts';
import { chooseAssignment, numberIn } from './choose-assignment.ts';
import type { Command, CommandContext } from './command.ts';
import { type OwnAssignment, ownAssignments } from './own-assignments.ts';
import { carrying, saidBefore, withoutCarried } from './said-before.ts';

type Rules<M extends Mode> = Extract<Activity, { mode: M }>;

/** A person's task of one mode, and what the campaign file says of it. */
export interface OwnActivity<M extends Mode> {
  task: OwnAssignment;
  rules: Rules<M>;
  /** What was typed behind the command, without the number of the task. */
  rest: string;
  /** What an option must end with so that it is about the same task; nothing where no other could be meant. */
  mark: string;
}

/** `none`: what somebody hears who has no such task. */
interface Given {
  command: Pick<Command, 'name' | 'words' | 'takes'>;
  rest: string;
  none: SentenceKey;
}

/** `走流程 3 任务12`: which task is meant, where somebody has several of one mode (the head of two units). */
export const taskMark = '(?:任务|task)\\s*#?\\d{1,9}号?';
const marked = new RegExp(`(?:^|\\s)${taskMark}(?=[\\s:：,，、;；]|$)[\\s:：,，、;；]*`, 'iu');

/**
 * The person's task of this mode that a command is about: the only open one, else the only one. Of several the person is
 * asked which, and the words that came with the command are kept for the answer. Null once the person has been answered.
 */
export async function ownActivity<M extends Mode>(
  context: CommandContext,
  mode: M,
  given: Given,
): Promise<OwnActivity<M> | null> {
  const tasks = (await ownAssignments(context, 'inspector', 'leader')).filter((task) => task.mode === mode);
  if (tasks.length === 0) {
    context.reply({ key: given.none });
    return null;
  }
  const { number, rest } = await wordsOf(context, given);
  const open = tasks.filter(({ reportedAt }) => reportedAt === null);
  const meant = new Set((open.length > 0 ? open : tasks).map(({ id }) => id));
  const task = await chooseAssignment(context, {
    command: given.command.name,
    rest: number === null ? '' : String(number),
    fits: ({ id }) => meant.has(id),
    none: given.none,
    which: 'modes:own.which',
    ...(rest === ''
      ? {}
      : { carry: context.turn.body.press === undefined ? carrying(context, '').trim() : rest }),
  });
  if (task === null) return null;
  if (task.mode !== mode) {
    context.reply({ key: 'commands:tasks.unknown', params: { number: task.number } });
    return null;
  }
  const { rules } = await context.transaction.activity.findUniqueOrThrow({ where: { id: task.activityId } });
  const mark = number === null ? '' : ` 任务${task.number}`;
  return { task, rules: Activity.parse(rules) as Rules<M>, rest, mark };
}

/** The number of the task, if one was chosen or given, and the words without it. */
async function wordsOf(
  context: CommandContext,
  { command, rest }: Given,
): Promise<{ number: number | null; rest: string }> {
  if (context.turn.body.press?.question === 'task') {
    const { rest: chosen, seq } = withoutCarried(rest);
    const said = seq === null ? null : await saidBefore(context, seq);
    const words = said === null ? chosen.replace(/^\d+\s*/u, '') : behind(command, said);
    return { number: numberIn(chosen), rest: words.replace(marked, ' ').trim() };
  }
  const found = marked.exec(rest)?.[0];
  return {
    number: found === undefined ? null : numberIn(found),
    rest: found === undefined ? rest : rest.replace(marked, ' ').trim(),
  };
}

/** What stands behind the command's word in an earlier message, as the command would have read it. */
function behind({ name, words, takes }: Given['command'], said: string): string {
  const all = [name, ...words['zh-CN'], ...words.en].sort((one, other) => other.length - one.length);
  const escaped = all.map((word) => word.replaceAll(' ', '[\\s-]*')).join('|');
  const rest = said.replace(new RegExp(`^\\s*(?:${escaped})[\\s:：,，]*`, 'iu'), '').trim();
  return takes instanceof RegExp ? rest.normalize('NFKC') : rest;
}

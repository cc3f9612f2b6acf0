import type { Mode } from '../campaign/activities/activity.ts';
import { does } from '../conversation/mode-words.ts';
import type { SentenceKey } from '../flow/say.ts';
import type { CommandContext } from './command.ts';
import { type OwnAssignment, ownAssignments } from './own-assignments.ts';
import { isListed, namedRows } from './several.ts';

/** What a command looks for among the person's tasks, and what to say when none of them fits. */
export interface Wanted {
  command: string;
  rest: string;
  fits: (assignment: OwnAssignment) => boolean;
  none: SentenceKey;
  /** How to give the number in words, where there is nothing to tap. */
  which: SentenceKey;
  /** What an option carries besides the task's number. */
  carry?: string;
}

/**
 * The one task that a command is about: the one whose number was given, or the only one that `fits`. Answers the person
 * and returns null when there is none, or when it must be asked which.
 */
export async function chooseAssignment(
  context: CommandContext,
  wanted: Wanted,
): Promise<OwnAssignment | null> {
  const all = await ownAssignments(context, 'inspector', 'leader');
  const asked = numberIn(wanted.rest);
  const fitting = asked === null ? all.filter(wanted.fits) : all.filter(({ number }) => number === asked);
  const listed = asked === null ? fitting.filter(({ campaignId }) => isListed(context, campaignId)) : [];
  const candidates = listed.length > 0 ? listed : fitting;
  const [first, second] = candidates;
  if (first === undefined) {
    if (all.length === 0) context.reply({ key: 'commands:tasks.none' });
    else
      context.reply(
        asked === null ? { key: wanted.none } : { key: 'commands:tasks.unknown', params: { number: asked } },
      );
    return null;
  }
  if (candidates.every(({ campaignId }) => campaignId === first.campaignId))
    context.concern.campaignId = first.campaignId;
  if (second === undefined) return first;
  await askWhich(context, wanted, candidates);
  return null;
}

async function askWhich(
  context: CommandContext,
  { command, which, carry }: Wanted,
  tasks: OwnAssignment[],
): Promise<void> {
  const named = await namedRows(
    context,
    tasks.map(({ campaignId, number, mode, targetName, assigneeName: assignee }) => ({
      campaignId,
      line: {
        key: areAlike(tasks) ? 'commands:tasks.named.of' : 'commands:tasks.named',
        params: { number, does: does(mode, targetName), assignee },
      },
    })),
  );
  const options = tasks.map(({ number, targetName, assigneeName }) => ({
    id: carry === undefined ? String(number) : `${number} ${carry}`,
    label: areAlike(tasks) ? assigneeName : targetName,
  }));
  context.ask({
    lines: [
      { key: 'commands:tasks.which' },
      ...named,
      { key: which, params: { number: tasks[0]?.number ?? 0 } },
    ],
    ask: {
      target: `command:${command}`,
      question: 'task',
      options,
      many: false,
      numbered: false,
      typed: true,
    },
  });
}

/** Whether two of them read the same: then they are told apart by who does it. */
function areAlike(tasks: OwnAssignment[]): boolean {
  const words = tasks.map(({ mode, targetId }) => (namesTarget(mode) ? `${mode} ${targetId}` : mode));
  return new Set(words).size < tasks.length;
}

/** At its own windows a unit needs no telling where. */
function namesTarget(mode: Mode): boolean {
  return mode === 'cross' || mode === 'covert' || mode === 'accompany';
}

/** The first number in what was typed behind a command. */
export function numberIn(rest: string): number | null {
  const digits = /\d{1,9}/.exec(rest)?.[0];
  return digits === undefined ? null : Number(digits);
}

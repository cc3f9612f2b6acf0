import type { Material } from '../material.ts';
import type { Block } from '../paper.ts';
import type { Words } from '../words.ts';

/** The first paragraph: by which notice, who did what, and up to when it is told. */
export function opening(
  { campaign, activity, day, scope, tasks, coordinator }: Material,
  words: Words,
): Block[] {
  const { say, name, date } = words;
  const { title, number } = campaign.notice;
  const who = scope === 'task' ? (tasks[0]?.assignee ?? null) : coordinator;
  const text = say('docx:opening', {
    notice: name(title),
    number: number === undefined ? '' : say('docx:notice.number', { number }),
    who: who === null ? '' : name(who),
    activity: name(activity.title),
    day: date(day),
  });
  return [{ kind: 'text', text }];
}

/** How much was done and what came of it, with the day. */
export function totals({ activity, tasks, problems, scope, day }: Material, { say, date }: Words): Block {
  const visits = tasks.flatMap((task) => task.visits.filter(({ counts }) => counts));
  const done = {
    visits: visits.length,
    what: { key: `modes:what.${activity.mode}` } as const,
    problems: problems.length,
    closed: problems.filter(({ isClosed }) => isClosed).length,
    day: date(day),
  };
  const text =
    scope === 'task'
      ? say('docx:totals.task', done)
      : say('docx:totals', {
          ...done,
          tasks: tasks.length,
          reported: tasks.filter(({ reportedOn }) => reportedOn !== null).length,
        });
  return { kind: 'text', text };
}

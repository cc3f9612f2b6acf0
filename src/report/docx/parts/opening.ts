import type { Text } from '../../../flow/text.ts';
import { counted, type Material } from '../material.ts';
import type { Block } from '../paper.ts';
import type { Words } from '../words.ts';
import { type PartName, partHeading } from './heading.ts';

/** The first paragraph: by which notice, who did what, and up to when it is told. */
export function opening(material: Material, { say, name, date }: Words): Block[] {
  const { campaign, activity, day } = material;
  const { title, number } = campaign.notice;
  const who = signerOf(material);
  const text = say('docx:opening', {
    notice: name(title),
    number: number === undefined ? '' : say('docx:notice.number', { number }),
    who: who === null ? '' : name(who),
    activity: name(activity.title),
    day: date(day),
  });
  return [{ kind: 'text', text }];
}

/** A task's report is the unit's own, an activity's that of the unit which coordinates it. */
export function signerOf({ scope, tasks, coordinator }: Material): Text | null {
  return scope === 'task' ? (tasks[0]?.assignee ?? null) : coordinator;
}

/** The part that every report begins with, as far as its first paragraph: how much was done and what came of it. */
export function firstPart(name: PartName, material: Material, words: Words): Block[] {
  return [partHeading(name, words), totals(material, words)];
}

function totals({ activity, tasks, problems, scope, day }: Material, { say, date }: Words): Block {
  const visits = tasks.flatMap((task) => task.visits.filter(({ counts }) => counts));
  const done = {
    visits: visits.length,
    what: { key: `modes:what.${activity.mode}` } as const,
    problems: counted(problems).length,
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

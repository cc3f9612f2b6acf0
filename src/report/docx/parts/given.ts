import { titleOf } from '../../../commands/report-summary.ts';
import { isRelevant } from '../../../flow/route.ts';
import type { Text } from '../../../flow/text.ts';
import type { Material, TaskMaterial } from '../material.ts';
import type { Block } from '../paper.ts';
import type { Words } from '../words.ts';
import { ended } from './answers.ts';
import { type PartName, partHeading } from './heading.ts';

/**
 * A part of what was given for the report alone, under one of these questions. Where nobody gave it, the report says so: a part
 * that the notice asks for is never left out in silence (JX-4.6).
 */
export function givenPart(name: PartName, ids: readonly string[], material: Material, words: Words): Block[] {
  return [partHeading(name, words), ...givenBlocks(material, ids, words)];
}

/** Unit by unit where there are several. */
function givenBlocks({ tasks, scope }: Material, ids: readonly string[], words: Words): Block[] {
  const { say, name } = words;
  const blocks = tasks.flatMap((task): Block[] => {
    const lead = scope === 'activity' ? say('docx:lead', { name: name(task.target) }) : '';
    return answersTo(task, ids).map((answer) => ({ kind: 'text', lead, text: ended(answer, words) }));
  });
  const missing = tasks.filter((task) => task.visits.length > 0 && answersTo(task, ids).length === 0).length;
  if (blocks.length === 0) return [{ kind: 'text', text: say('docx:missing') }];
  return missing === 0
    ? blocks
    : [...blocks, { kind: 'text', text: say('docx:missing.some', { count: missing, n: tasks.length }) }];
}

/** What else was given in words: each question under its own title. */
export function otherParts(material: Material, known: readonly string[], words: Words): Block[] {
  const titles = new Map<string, Text>();
  for (const { part } of material.tasks)
    for (const question of part?.flow.questions ?? [])
      if (question.type === 'text' && !known.includes(question.id) && part?.values[question.id] !== undefined)
        titles.set(question.id, titleOf(question));
  return [...titles].flatMap(([id, title]): Block[] => [
    { kind: 'heading', level: 1, text: words.name(title) },
    ...givenBlocks(material, [id], words),
  ]);
}

function answersTo({ part }: TaskMaterial, ids: readonly string[]): string[] {
  if (part === null) return [];
  const { flow, values } = part;
  return flow.questions.flatMap((question) => {
    const value = values[question.id];
    return ids.includes(question.id) && typeof value === 'string' && isRelevant(question, values)
      ? [value]
      : [];
  });
}

import type { Material } from '../material.ts';
import type { Appendix, Block } from '../paper.ts';
import { readPhoto } from '../photo.ts';
import { filesIn } from '../read-photos.ts';
import type { Words } from '../words.ts';
import { called } from './called.ts';

/** What a photo is of. */
interface Sent {
  id: string;
  caption: string;
}

/**
 * 佐证材料 (MDJ-3.5): the photos that were sent for the report, of problems and of their putting-right, each once, with what they show. What Word can't
 * show, such as a video, is counted and stays in the system. Null without any.
 */
export function evidence(material: Material, words: Words): Appendix | null {
  const sent = sentFor(material, words);
  if (sent.length === 0) return null;
  const { say, date } = words;
  const blocks: Block[] = [];
  for (const { id, caption } of sent) {
    const photo = material.photos.get(id);
    const image = photo === undefined ? null : readPhoto(photo.bytes);
    if (image === null) continue;
    blocks.push({ kind: 'picture', ...image, caption, words: caption });
  }
  const left = sent.length - blocks.length;
  const summary = say('docx:evidence.says', { n: blocks.length, day: date(material.day) });
  return {
    title: say('docx:evidence'),
    blocks: [
      { kind: 'text', text: summary },
      ...blocks,
      ...(left > 0 ? [{ kind: 'text', text: say('docx:evidence.left', { count: left }) } as const] : []),
    ],
  };
}

function sentFor({ tasks, problems, scope }: Material, words: Words): Sent[] {
  const { say, name } = words;
  const found = new Map<string, string>();
  for (const { part, target } of tasks)
    for (const question of part?.flow.questions ?? [])
      for (const { id } of filesIn(part?.values[question.id])) {
        const title = called(question, words);
        found.set(id, scope === 'task' ? title : say('docx:photo.of', { name: name(target), title }));
      }
  for (const { photos, fixed, unit, problem, number } of problems) {
    const about = { number, unit: name(unit), problem: name(problem) };
    for (const id of photos) if (!found.has(id)) found.set(id, say('docx:photo.problem', about));
    for (const id of fixed) if (!found.has(id)) found.set(id, say('docx:photo.fixed', about));
  }
  return [...found].map(([id, caption]) => ({ id, caption }));
}

import type { Flow } from '../../flow/definition.ts';
import { isOnForms } from '../../flow/fill.ts';
import type { Question } from '../../flow/questions/question.ts';

/** More are not asked for on one page. */
const questionsMax = 5;

/** The questions of a flow by page, with the notes before them; without what no form can ask. */
export function chunksOf(flow: Flow): Question[][] {
  const chunks: Question[][] = [[]];
  for (const question of flow.questions) {
    if (question.type === 'photo' || question.type === 'place') continue;
    const last = chunks.at(-1) ?? [];
    if (last.filter(isOnForms).length < questionsMax) last.push(question);
    else chunks.push([question]);
  }
  return chunks;
}

/** The page on which a question stands, from 0. */
export function chunkOf(chunks: readonly Question[][], id: string): number {
  return Math.max(
    0,
    chunks.findIndex((chunk) => chunk.some((question) => question.id === id)),
  );
}

import type { Flow } from '../../flow/definition.ts';
import { type Fields, type Filled, fill } from '../../flow/fill.ts';
import { chunkOf, chunksOf } from './chunks.ts';
import { faultWords } from './fault-words.ts';
import type { View } from './view.ts';

/** What is to be done with a form that came in. */
export type Verdict =
  | { kind: 'submit'; filled: Filled }
  /** Shown again at this page; `notes` by question. Nothing in `notes`: the next page is due. */
  | { kind: 'ask'; filled: Filled; chunk: number; notes: Notes; isFaulty: boolean };

export type Notes = Map<string, { words: string; isNew: boolean }>;

export interface Sent {
  fields: Fields;
  /** The page of questions it came from; null for a form that knows no pages. */
  chunk: number | null;
  /** Questions that were visible; null where that is not known. */
  shown: readonly string[] | null;
}

/**
 * Reads the answers through the engine. Only what the person has seen can be missing: a question that became relevant by an
 * answer is shown first, be it optional or not.
 */
export function judge(
  view: View,
  flow: Flow,
  { fields, chunk, shown }: Sent,
  now: { at: string; zone: string },
): Verdict {
  const filled = fill(flow, fields, now);
  const chunks = chunksOf(flow);
  const here = Math.min(chunk ?? chunks.length, chunks.length - 1);
  const reached = (id: string) => chunkOf(chunks, id) <= here;
  const given = new Set([...Object.keys(filled.values), ...filled.faults.map(({ question }) => question)]);
  const unseen = (id: string) => shown !== null && !shown.includes(id) && !given.has(id);
  const notes: Notes = new Map();
  for (const id of filled.relevant.filter(reached))
    if (unseen(id)) notes.set(id, { words: view.say('added.here'), isNew: true });
  for (const id of filled.missing.filter(reached))
    if (!unseen(id)) notes.set(id, { words: view.say('fault.missing'), isNew: false });
  for (const { question, line } of filled.faults.filter(({ question: id }) => reached(id)))
    notes.set(question, { words: faultWords(view, line), isNew: false });
  const first = filled.relevant.find((id) => notes.has(id));
  const next = filled.relevant.find((id) => !reached(id));
  if (first === undefined && next === undefined) return { kind: 'submit', filled };
  const isFaulty = [...notes.values()].some(({ isNew }) => !isNew);
  return { kind: 'ask', filled, chunk: chunkOf(chunks, first ?? next ?? ''), notes, isFaulty };
}

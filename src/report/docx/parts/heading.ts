import type { SentenceKey } from '../../../flow/say.ts';
import type { Block } from '../paper.ts';
import type { Words } from '../words.ts';

/** A part that a notice asks reports for: 情况, 问题, 原因 … */
export type PartName =
  Extract<SentenceKey, `docx:part.${string}`> extends `docx:part.${infer Name}` ? Name : never;

export function partHeading(name: PartName, { say }: Words): Block {
  return { kind: 'heading', level: 1, text: say(`docx:part.${name}`) };
}

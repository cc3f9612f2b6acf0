import type drawSentences from '../../../locales/zh-CN/draw.json';
import type { Params } from '../../flow/say.ts';

export type DrawSentence = keyof typeof drawSentences;

/** A draw that can't be made, as a sentence that says what to do. */
export interface Refused {
  kind: 'refused';
  sentence: { key: `draw:${DrawSentence}`; params: Params };
}

export function refused(sentence: Extract<DrawSentence, `refused.${string}`>, params: Params = {}): Refused {
  return { kind: 'refused', sentence: { key: `draw:${sentence}`, params } };
}

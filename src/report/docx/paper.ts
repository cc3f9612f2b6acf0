import type { Language } from '../../flow/text.ts';

/**
 * A paper as offices hand it in, in one language and not yet typeset: what GB/T 9704-2012 calls 标题, 主送机关, 正文, 附件说明,
 * 发文机关署名, 成文日期 and 附件 (7.3). The letterhead (版头) is the office's own and is not ours to print.
 */
export interface Paper {
  language: Language;
  title: string;
  /** 主送机关; null where nobody is named. */
  addressee: string | null;
  blocks: Block[];
  appendices: Appendix[];
  /** 发文机关署名; null where no unit is named. */
  signer: string | null;
  /** 成文日期, YYYY-MM-DD: the day the figures are of. */
  day: string;
}

/** 附件: begins on a page of its own, and is listed behind the text. */
export interface Appendix {
  title: string;
  blocks: Block[];
}

export type Block =
  /** Numbered when it is typeset: 一、 （一） 1. */
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  /** One paragraph; `lead` is its first words, set in 楷体. */
  | { kind: 'text'; text: string; lead?: string }
  | Table
  | Picture;

/** `widths`: shares of the width of the text; `note` stands below and says of how many and of which day. */
export interface Table {
  kind: 'table';
  title: string;
  head: string[];
  rows: string[][];
  widths: number[];
  note: string;
}

/** `title`: what a chart shows, in a few words; none of a photo. A PNG or JPEG; `turned`: by how many degrees clockwise it must be shown, for phones that only note it. `words`: for who can't see it. */
export interface Picture {
  kind: 'picture';
  type: 'png' | 'jpg';
  bytes: Uint8Array;
  /** As stored, in pixels. */
  width: number;
  height: number;
  turned: 0 | 90 | 180 | 270;
  title?: string;
  caption: string;
  words: string;
}

/**
 * What is drawn, in points of a page 375 wide (a phone's), from its upper left corner: plain data, so that one definition becomes
 * the picture in a chat, the figure in a report and the graphic of a page.
 */
export interface Drawing {
  /** Its kind; what is inside is named after it where several stand on one page. */
  name: string;
  width: number;
  height: number;
  title: string;
  /** Of which campaign or unit; of which day, and of how many. */
  about: string;
  asOf: string;
  /** The same in words, for whoever does not see it. */
  says: string;
  marks: readonly Mark[];
}

export type Mark =
  /** On one line, `y` its baseline. */
  | {
      kind: 'text';
      x: number;
      y: number;
      size: number;
      text: string;
      anchor: 'start' | 'middle' | 'end';
      tone: Tone;
      bold: boolean;
    }
  | { kind: 'box'; x: number; y: number; width: number; height: number; fill: Fill }
  | { kind: 'line'; points: readonly Point[]; tone: Tone; width: number; dashed: boolean }
  /** Around its middle; `size` is its height. */
  | { kind: 'sign'; x: number; y: number; size: number; shape: Shape; colour: string };

export type Point = readonly [x: number, y: number];

/** Each kept apart from the others in grey, too. `strong` is dark, `soft` light. */
export type Tone = 'ink' | 'faint' | 'rule' | 'strong' | 'accent';

/**
 * Areas: told apart by pattern, never by colour alone. `full`: dark and plain; `hatched`: stripes; `empty`: light with a frame;
 * `dotted`; `plain`: the ground of a panel.
 */
export type Fill = 'full' | 'hatched' | 'empty' | 'dotted' | 'ground';

export const shapes = ['circle', 'square', 'triangle', 'diamond', 'octagon', 'ring'] as const;
export type Shape = (typeof shapes)[number];

/** The width of everything: what a phone shows without zooming. */
export const pageWidth = 375;
export const margin = 12;
export const innerWidth = pageWidth - 2 * margin;
/** Sizes of letters; nothing is smaller than what a phone can be read with. */
export const sizes = { title: 17, body: 13, small: 11.5 } as const;

import { fitted, widthOf, wrapped } from '../typesetting.ts';
import {
  type Drawing,
  type Fill,
  innerWidth,
  type Mark,
  margin,
  pageWidth,
  sizes,
  type Tone,
} from './drawing.ts';

/** What stands over and under every picture: what it shows, of whom, of when and of how many. */
export interface Heading {
  name: string;
  title: string;
  /** Of which campaign or unit. */
  about: string;
  /** The day, and n. */
  asOf: string;
  says: string;
}

/** A drawing that grows downwards. `y` is where the next part begins. */
export interface Sheet {
  marks: Mark[];
  y: number;
}

/** What a pattern or shape means, in words. */
export type Key = { label: string } & ({ fill: Fill } | { sign: Extract<Mark, { kind: 'sign' }> });

/** Draws heading, body and notes; the height is what they take. */
export function sheet(heading: Heading, body: (page: Sheet) => void, notes: readonly string[] = []): Drawing {
  const { name, title, about, asOf, says } = heading;
  const page: Sheet = { marks: [], y: margin };
  paragraph(page, title, { size: sizes.title, bold: true, linesMax: 2 });
  paragraph(page, about, { size: sizes.body, linesMax: 2 });
  paragraph(page, asOf, { size: sizes.small, tone: 'faint', linesMax: 2 });
  page.y += 8;
  body(page);
  if (notes.length > 0) page.y += 4;
  for (const note of notes) paragraph(page, note, { size: sizes.small, tone: 'faint', linesMax: 4 });
  const height = Math.ceil(page.y + margin);
  return { name, width: pageWidth, height, title, about, asOf, says, marks: page.marks };
}

interface Setting {
  size: number;
  tone?: Tone;
  bold?: boolean;
  linesMax: number;
}

/** Words over the whole width, in as many lines as they need. */
export function paragraph(
  page: Sheet,
  words: string,
  { size, tone = 'ink', bold = false, linesMax }: Setting,
): void {
  for (const line of wrapped(words, size, innerWidth, linesMax)) {
    page.y += size * 1.38;
    page.marks.push(text(margin, page.y - size * 0.3, line, { size, tone, bold }));
  }
}

/** The head of one of several parts of a picture. */
export function part(page: Sheet, title: string): void {
  page.y += 12;
  page.marks.push({
    kind: 'line',
    points: [
      [margin, page.y],
      [margin + innerWidth, page.y],
    ],
    ...{ tone: 'rule', width: 1, dashed: false },
  });
  page.y += 4;
  paragraph(page, title, { size: sizes.body + 1, bold: true, linesMax: 2 });
  page.y += 2;
}

interface Lettered {
  size?: number;
  tone?: Tone;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
}

export function text(
  x: number,
  y: number,
  words: string,
  { size = sizes.body, tone = 'ink', bold = false, anchor = 'start' }: Lettered = {},
): Mark {
  return { kind: 'text', x, y, size, text: words, anchor, tone, bold };
}

/** A name on the left and its figures on the right; a long name becomes smaller, then takes more lines, and never the figures' room. */
export function nameLine(page: Sheet, name: string, figures: string, bold = false): void {
  const room = innerWidth - widthOf(figures, sizes.small) - 10;
  const size = Math.max(sizes.small, fitted(name, sizes.body, room));
  const lines = widthOf(name, size) <= room ? [name] : wrapped(name, size, innerWidth, 2);
  lines.forEach((line, index) => {
    page.y += index === 0 ? 19 : 15;
    page.marks.push(text(margin, page.y - 4, line, { size, bold }));
  });
  if (widthOf(lines.at(-1) ?? '', size) > room) page.y += 15;
  page.marks.push(text(margin + innerWidth, page.y - 4, figures, { size: sizes.small, anchor: 'end', bold }));
}

/** What every pattern and shape means, in lines. */
export function legend(page: Sheet, keys: readonly Key[]): void {
  const size = sizes.small;
  let x = margin;
  page.y += 20;
  for (const key of keys) {
    const width = 20 + widthOf(key.label, size) * 0.96 + 12;
    if (x > margin && x + width > margin + innerWidth + 12) {
      x = margin;
      page.y += 20;
    }
    page.marks.push(
      'fill' in key
        ? { kind: 'box', x, y: page.y - 12, width: 14, height: 10, fill: key.fill }
        : { ...key.sign, x: x + 7, y: page.y - 7 },
    );
    page.marks.push(text(x + 20, page.y - 3, key.label, { size }));
    x += width;
  }
  page.y += 4;
}

import { type Fill, innerWidth, margin } from './drawing.ts';
import { nameLine, type Sheet } from './sheet.ts';

/** One row: a name, its figures in words, and a bar of parts one behind the other. */
export interface Bar {
  name: string;
  figures: string;
  parts: readonly { count: number; fill: Fill }[];
  bold?: boolean;
}

const barHeight = 11;
/** So small a part would be no more than a line. */
const partMin = 3;

/** The name above its bar, over the whole width: names of units are long and phones narrow. `most`: what fills the width. */
export function bars(page: Sheet, rows: readonly Bar[], most: number | 'own'): void {
  for (const { name, figures, parts, bold = false } of rows) {
    nameLine(page, name, figures, bold);
    const whole = most === 'own' ? parts.reduce((sum, { count }) => sum + count, 0) : most;
    let x = margin;
    for (const { count, fill } of parts) {
      if (count === 0) continue;
      const width = Math.max(partMin, (innerWidth * count) / Math.max(1, whole));
      page.marks.push({ kind: 'box', x, y: page.y, width, height: barHeight, fill });
      x += width;
    }
    page.y += barHeight + 8;
  }
}

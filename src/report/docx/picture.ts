import { AlignmentType, type FileChild, ImageRun, Paragraph } from 'docx';
import { printable } from '../xml.ts';
import type { Picture } from './paper.ts';
import { named } from './styles.ts';

/** Largest size of a picture in mm: two of them, with their captions, on one page. */
const most = { width: 140, height: 92 };
const pixelsPerMm = 96 / 25.4;

/** A picture in the middle of the line, its caption below. `number`: of the drawing in the document. */
export function pictureParts(picture: Picture, number: number): FileChild[] {
  const { type, bytes, turned, caption, words } = picture;
  const run = new ImageRun({
    type,
    data: bytes,
    transformation: { ...shownSize(picture), ...(turned === 0 ? {} : { rotation: turned }) },
    altText: {
      id: String(number),
      name: `picture-${number}`,
      description: printable(words),
      title: printable(caption),
    },
  });
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { line: 240, lineRule: 'auto', before: 120 },
      keepNext: true,
      children: [run],
    }),
    new Paragraph({ style: named.cell, alignment: AlignmentType.CENTER, text: printable(caption) }),
  ];
}

/** In pixels at 96 to the inch, before it is turned: as large as it may be, and its sides as they are to one another. */
function shownSize({ width, height, turned }: Pick<Picture, 'width' | 'height' | 'turned'>): {
  width: number;
  height: number;
} {
  const lies = turned === 90 || turned === 270;
  const [maxWidth, maxHeight] = lies ? [most.height, most.width] : [most.width, most.height];
  const scale = Math.min((maxWidth * pixelsPerMm) / width, (maxHeight * pixelsPerMm) / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

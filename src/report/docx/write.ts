import { AlignmentType, Document, Footer, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import { printable, xmlText } from '../xml.ts';
import { fontOf, fontTable } from './fonts.ts';
import { characterSpace, footerTwips, linePitch, page, sizes, twipsOf } from './measures.ts';
import type { Paper } from './paper.ts';
import { styles } from './styles.ts';
import { typeset } from './typeset.ts';
import { withoutTimes } from './zip-dates.ts';

/** A paper as a Word document in the layout of GB/T 9704-2012. The same paper gives the same bytes. */
export async function writeDocx(paper: Paper): Promise<Uint8Array> {
  const document = new Document({
    title: printable(paper.title),
    creator: printable(paper.signer ?? ''),
    lastModifiedBy: printable(paper.signer ?? ''),
    styles,
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: twipsOf(page.width), height: twipsOf(page.height) },
            margin: {
              top: twipsOf(page.top),
              bottom: twipsOf(page.bottom),
              left: twipsOf(page.left),
              right: twipsOf(page.right),
              header: twipsOf(15),
              footer: footerTwips,
            },
          },
          grid: { type: 'linesAndChars', linePitch, charSpace: characterSpace },
        },
        footers: { default: pageNumber('right'), even: pageNumber('left') },
        children: typeset(paper),
      },
    ],
  });
  const packed = await Packer.toArrayBuffer(document, undefined, [
    { path: 'docProps/core.xml', data: coreProperties(paper) },
    { path: 'word/fontTable.xml', data: fontTable() },
  ]);
  return withoutTimes(new Uint8Array(packed));
}

/** — 1 — in 宋体四号, a character's width from the outer edge: right on odd pages, left on even ones (7.5). */
function pageNumber(side: 'left' | 'right'): Footer {
  const indent = { [side]: sizes.pageNumber * 10 };
  const run = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: { ...fontOf('song'), ascii: '宋体', hAnsi: '宋体' },
    size: sizes.pageNumber,
  });
  const alignment = side === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT;
  return new Footer({ children: [new Paragraph({ alignment, indent, children: [run] })] });
}

/** docProps/core.xml with the paper's own day: the library would put in the instant at which it was made. */
function coreProperties({ title, day, signer }: Paper): string {
  // The office's own, as everything in it is.
  const author = xmlText(signer ?? '');
  const instant = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${day}T00:00:00Z</dcterms:${name}>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(title)}</dc:title><dc:creator>${author}</dc:creator><cp:lastModifiedBy>${author}</cp:lastModifiedBy><cp:revision>1</cp:revision>${instant('created')}${instant('modified')}</cp:coreProperties>`;
}

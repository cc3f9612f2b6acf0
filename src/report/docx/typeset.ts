import { type FileChild, HeadingLevel, Paragraph, TextRun } from 'docx';
import { sentence } from '../../conversation/wording.ts';
import type { Language } from '../../flow/text.ts';
import { printable } from '../xml.ts';
import { fontOf } from './fonts.ts';
import { characterTwips } from './measures.ts';
import { numbered } from './numbered.ts';
import { longDate, numbering } from './numerals.ts';
import type { Appendix, Block, Paper } from './paper.ts';
import { pictureParts } from './picture.ts';
import { signatureIndents } from './signature.ts';
import { named, twoCharacters } from './styles.ts';
import { tableParts } from './table.ts';

/** A paper as paragraphs and tables, in the order of GB/T 9704-2012, 7.3: title, text, list of appendices, signature, appendices. */
export function typeset(bare: Paper): FileChild[] {
  const paper = numbered(bare);
  const { language, title, addressee, blocks, appendices } = paper;
  const pictures = { next: 1 };
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, text: printable(title) }),
    empty(),
    ...(addressee === null
      ? []
      : [new Paragraph({ text: `${printable(addressee)}${language === 'en' ? ':' : '：'}` })]),
    ...blocksOf(paper, blocks, pictures),
    ...listOf(paper),
    ...signatureOf(paper),
    ...appendices.flatMap((appendix, index) =>
      appendixOf(paper, appendix, appendices.length > 1 ? index + 1 : null, pictures),
    ),
  ];
}

/** Drawings are numbered through the document, or Word calls it damaged. */
interface Counter {
  next: number;
}

const empty = () => new Paragraph({});

function blocksOf({ language }: Paper, blocks: readonly Block[], pictures: Counter): FileChild[] {
  const counts: [number, number, number] = [0, 0, 0];
  return blocks.flatMap((block) => partsOf(block, language, counts, pictures));
}

function partsOf(
  block: Block,
  language: Language,
  counts: [number, number, number],
  pictures: Counter,
): FileChild[] {
  switch (block.kind) {
    case 'heading': {
      const { level, text } = block;
      counts[level - 1] = (counts[level - 1] ?? 0) + 1;
      counts.fill(0, level);
      const number = numbering(language, level, counts[level - 1] ?? 0);
      return [new Paragraph({ heading: headings[level], text: `${number}${printable(text)}` })];
    }
    case 'text':
      return paragraphsOf(block.text, block.lead);
    case 'table':
      return tableParts(block);
    case 'picture':
      return pictureParts(block, pictures.next++);
  }
}

const headings = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;

/** What somebody wrote in several lines stays in several paragraphs. */
function paragraphsOf(text: string, lead = ''): Paragraph[] {
  const lines = text.split(/\s*[\r\n]+\s*/u).filter((line) => line !== '');
  return lines.map(
    (line, index) =>
      new Paragraph({
        indent: twoCharacters,
        children: [
          ...(index === 0 && lead !== ''
            ? [new TextRun({ text: printable(lead), font: fontOf('kai') })]
            : []),
          new TextRun(printable(line)),
        ],
      }),
  );
}

/** 附件说明: an empty line below the text, two characters in, further lines under the first letter of the name (7.3.4). */
function listOf({ language, appendices }: Paper): Paragraph[] {
  if (appendices.length === 0) return [];
  const label = sentence(language, 'docx:appendices');
  const width = [...label].length * characterTwips * (language === 'en' ? 0.5 : 1);
  const entries = appendices.map(({ title }, index) => {
    const number = appendices.length > 1 ? `${index + 1}. ` : '';
    const own = number === '' ? 0 : characterTwips;
    const left = Math.round(2 * characterTwips + width + own);
    const hanging = Math.round((index === 0 ? width : 0) + own);
    const text = `${index === 0 ? label : ''}${number}${title}`;
    return new Paragraph({ text, indent: { left, hanging } });
  });
  return [empty(), ...entries];
}

/** 署名 and 成文日期, with room for the seal above them (7.3.5.1). */
function signatureOf({ language, signer, day }: Paper): Paragraph[] {
  const date = longDate(language, day);
  const indents = signatureIndents(signer, date);
  const line = (text: string, right: number) =>
    new Paragraph({ style: named.sign, text, indent: { right }, keepNext: text !== date });
  return [
    new Paragraph({ keepNext: true }),
    ...(signer === null ? [] : [line(printable(signer), indents.signer)]),
    line(date, indents.date),
  ];
}

/** 附件: on a page of its own, its mark in 黑体 at the edge, its title two lines below (7.3.7). */
function appendixOf(
  paper: Paper,
  { title, blocks }: Appendix,
  number: number | null,
  pictures: Counter,
): FileChild[] {
  const mark = `${sentence(paper.language, 'docx:appendix')}${number ?? ''}`;
  return [
    new Paragraph({ style: named.mark, text: mark, pageBreakBefore: true }),
    empty(),
    new Paragraph({ heading: HeadingLevel.TITLE, text: title }),
    empty(),
    ...blocksOf(paper, blocks, pictures),
  ];
}

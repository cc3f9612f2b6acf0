import {
  AlignmentType,
  BorderStyle,
  type FileChild,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { printable } from '../xml.ts';
import { fontOf } from './fonts.ts';
import { textTwips } from './measures.ts';
import type { Table as TableBlock } from './paper.ts';
import { named } from './styles.ts';

/** A table as wide as the text, its heading repeated on every page it goes on to (GB/T 9704-2012, 8), with title and note. */
export function tableParts({ title, head, rows, widths, note }: TableBlock): FileChild[] {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columnWidths = widths.map((width) => Math.floor((width * textTwips) / whole));
  const table = new Table({
    width: { size: textTwips, type: WidthType.DXA },
    columnWidths,
    layout: TableLayoutType.FIXED,
    borders,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: cellsOf(head, columnWidths, true) }),
      ...rows.map(
        (cells) => new TableRow({ cantSplit: true, children: cellsOf(cells, columnWidths, false) }),
      ),
    ],
  });
  return [
    new Paragraph({ style: named.caption, text: printable(title) }),
    table,
    new Paragraph({ style: named.cell, text: printable(note) }),
  ];
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const borders = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
};

function cellsOf(cells: readonly string[], widths: readonly number[], isHead: boolean): TableCell[] {
  return widths.map(
    (size, column) =>
      new TableCell({
        width: { size, type: WidthType.DXA },
        verticalAlign: VerticalAlignTable.CENTER,
        margins: { left: 60, right: 60, top: 20, bottom: 20 },
        children: linesOf(cells[column] ?? '').map((text) => cellLine(text, isHead)),
      }),
  );
}

function linesOf(text: string): string[] {
  return printable(text).split(/\r?\n/u);
}

/** What is short stands in the middle, sentences begin at the edge. */
function cellLine(text: string, isHead: boolean): Paragraph {
  const alignment = isHead || [...text].length <= 6 ? AlignmentType.CENTER : AlignmentType.LEFT;
  return new Paragraph({
    style: named.cell,
    alignment,
    ...(isHead ? { run: { font: fontOf('black') } } : {}),
    text,
  });
}

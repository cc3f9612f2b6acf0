import { DateTime } from 'luxon';
import { type StyleName, styleNames, styleOf } from './styles.ts';

/** What stands in a cell: text, a number, a day or an instant as its count of days since 1899-12-30, or nothing. */
export type Cell = string | number | null | { serial: number; as: 'day' | 'instant' };

/** Longest text that a cell may hold, in UTF-16 units (ECMA-376; Excel's own limit). */
export const textMax = 32_767;

/** A cell as SpreadsheetML, from behind its place on; '' for none. Text is stored in place and is never a formula. */
export function cellXml(cell: Cell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `${starts.number}><v>${finite(cell)}</v></c>`;
  if (typeof cell === 'object') return `${starts[cell.as]}><v>${finite(cell.serial)}</v></c>`;
  return textXml(cell, startsFormula(cell) ? 'quoted' : 'text');
}

/** Text in a style of its own, from behind the cell's place on. */
export function textXml(text: string, style: StyleName): string {
  const kept = isEdged(text) ? ' xml:space="preserve"' : '';
  return `${starts[style]} t="inlineStr"><is><t${kept}>${escaped(text)}</t></is></c>`;
}

/** A cell's style, by name: looked up a million times. */
const starts = Object.fromEntries(styleNames.map((name) => [name, ` s="${styleOf(name)}"`])) as Record<
  StyleName,
  string
>;

/** A day, YYYY-MM-DD. */
export function dayCell(day: string): Cell {
  return { serial: Date.parse(`${day}T00:00:00Z`) / dayMs + epoch, as: 'day' };
}

/** Instants as a clock in that zone shows them. */
export function instantCells(zone: string): (instant: Date | number) => Cell {
  const offsets = new Map<number, number>();
  return (instant) => {
    const ms = Number(instant);
    // No zone changes its clock within a quarter of an hour; asking anew for each of a million cells took longer than writing them.
    const quarter = Math.floor(ms / 900_000);
    const known = offsets.get(quarter) ?? DateTime.fromMillis(ms, { zone }).offset * 60_000;
    offsets.set(quarter, known);
    return { serial: Math.round((ms + known) / 1000) / 86_400 + epoch, as: 'instant' };
  };
}

const dayMs = 86_400_000;
/** 1970-01-01. */
const epoch = 25_569;

/**
 * What a spreadsheet would take for a formula if it were typed, in either width. Stored as text it is none; marked as quoted it stays
 * text when somebody edits the cell or saves it as CSV.
 */
const formula = /^[=+\-@＝＋－＠\t\r\n]/u;

function startsFormula(text: string): boolean {
  return formula.test(text);
}

function isEdged(text: string): boolean {
  return edged.test(text);
}

const edged = /^\s|\s$|\n/;

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number for a cell`);
  return value;
}

/** Anything that needs a second look: markup, what XML 1.0 cannot hold, and `_x000D_`, which Excel would read as a code. */
const odd = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/;

function escaped(text: string): string {
  const cut = text.length > textMax ? `${text.slice(0, textMax - 1)}…` : text;
  if (!odd.test(cut)) return cut;
  return cut
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text for an attribute or element of our own. */
export const xmlText = escaped;

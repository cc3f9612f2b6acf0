import type { Param } from '../flow/say.ts';
import {
  type Column,
  columns,
  fieldOf,
  isExplanation,
  kindCalled,
  type SheetKind,
  sheetKinds,
} from './sheet.ts';
import type { RosterFault, RosterSentence, Table, TableRow } from './table.ts';

/** One row of a roster. `cells`: what is filled in, trimmed, by field; `at`: the column of each field there is. */
export interface Entry {
  sheet: string | null;
  kind: SheetKind;
  row: number;
  cells: Partial<Record<string, string>>;
  at: Partial<Record<string, number>>;
}

export interface ReadTable {
  entries: Entry[];
  faults: RosterFault[];
  /** Sheets that are no roster, and columns that mean nothing: told, not taken. */
  passedOver: RosterFault[];
}

/** Characters of a cell that can be taken for a name or a list of them. */
const cellMax = 1000;
/** Rows in which a heading may stand: a title and a line about who filled it in come first in many offices. */
const headingRows = 10;

/**
 * Reads rosters from tables. What a table is of comes from `kind`, else from its name, else from its headings. The heading is
 * the row among the first ten with most known words; titles above it are passed over.
 */
export function readTables(tables: readonly Table[], kind: SheetKind | null = null): ReadTable {
  const all: ReadTable = { entries: [], faults: [], passedOver: [] };
  const wanted = tables.filter((table) => !isExplanation(table) && table.rows.length > 0);
  for (const table of wanted) {
    const found = headingOf(table, kind);
    if (found === null)
      all.passedOver.push(faultOf(table, null, null, { key: 'roster:sheet.unknown', params: {} }));
    else readRows(table, found, all);
  }
  if (all.entries.length + all.faults.length > 0) return all;
  const key =
    wanted.length === 0
      ? 'roster:file.empty'
      : wanted.length === all.passedOver.length
        ? 'roster:file.no-roster'
        : 'roster:file.no-rows';
  return { ...all, faults: [{ sheet: null, row: null, column: null, sentence: { key, params: {} } }] };
}

interface Heading {
  kind: SheetKind;
  row: TableRow;
  /** Column of each field, from 1. */
  at: Map<string, number>;
}

function headingOf(table: Table, kind: SheetKind | null): Heading | null {
  const named = kind ?? (table.name === null ? null : kindCalled(table.name));
  const kinds = named === null ? [...sheetKinds].reverse() : [named];
  let best: { heading: Heading; score: number } | null = null;
  for (const row of table.rows.slice(0, headingRows))
    for (const one of kinds) {
      const at = fieldsIn(row, one);
      const known: Record<string, Column> = columns[one];
      const needed = Object.entries(known).filter(([, column]) => column.needed === true);
      const has = needed.filter(([field]) => at.has(field)).length;
      // A column that no other kind has tells what a sheet without a name is of.
      const score = at.size + (has === needed.length ? 100 : 0) + has;
      if (at.size === 0 || (named === null && has < needed.length)) continue;
      if (best === null || score > best.score) best = { heading: { kind: one, row, at }, score };
    }
  return best?.heading ?? null;
}

function fieldsIn({ cells }: TableRow, kind: SheetKind): Map<string, number> {
  const at = new Map<string, number>();
  for (const [index, cell] of cells.entries()) {
    const field = fieldOf(kind, cell);
    if (field !== null && !at.has(field)) at.set(field, index + 1);
  }
  return at;
}

function readRows(table: Table, { kind, row: heading, at }: Heading, all: ReadTable): void {
  const fault = (row: number, column: number | null, sentence: RosterSentence) =>
    all.faults.push(faultOf(table, row, column, sentence));
  const known: Record<string, Column> = columns[kind];
  const missing = Object.entries(known).filter(([field, { needed }]) => needed === true && !at.has(field));
  for (const [, { zh, en }] of missing)
    fault(heading.row, null, { key: 'roster:column.missing', params: { name: zh, other: en } });
  for (const [index, cell] of heading.cells.entries()) {
    const name = shown(cell);
    const field = fieldOf(kind, cell);
    if (name === '') continue;
    if (field === null)
      all.passedOver.push(
        faultOf(table, heading.row, index + 1, { key: 'roster:column.unknown', params: { name } }),
      );
    else if (at.get(field) !== index + 1 && !isMergedOn(heading, index))
      fault(heading.row, index + 1, { key: 'roster:column.double', params: { name } });
  }
  if (missing.length > 0) return;
  for (const row of table.rows) {
    if (row.row <= heading.row) continue;
    const cells = cellsOf(row, at);
    if (Object.keys(cells).length === 0) continue;
    for (const [field, cell] of Object.entries(cells)) {
      const wrong = wrongWith(cell);
      if (wrong !== null) fault(row.row, at.get(field) ?? null, wrong);
    }
    for (const [field, { needed, zh }] of Object.entries(known))
      if (needed === true && cells[field] === undefined)
        fault(row.row, at.get(field) ?? null, { key: 'roster:cell.missing', params: { name: zh } });
    all.entries.push({ sheet: table.name, kind, row: row.row, cells, at: Object.fromEntries(at) });
  }
}

/** A heading over two columns stands in both of them. */
function isMergedOn({ cells }: TableRow, index: number): boolean {
  return index > 0 && cells[index] === cells[index - 1];
}

function cellsOf({ cells }: TableRow, at: Map<string, number>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [field, column] of at) {
    const cell = (cells[column - 1] ?? '').replace(/[\u200b\u200e\u200f\ufeff]/gu, '').trim();
    if (cell !== '') found[field] = cell;
  }
  return found;
}

/** A call or another cell behind an equals sign; `=` alone: one that is shared with other cells. */
const formula = /^=(?:$|[+-]?[A-Z][A-Z0-9_.]*\(|'?[^'!]*'?!?\$?[A-Z]{1,3}\$?\d+(?:$|[^\p{L}]))/iu;

/** What Postgres and people can make nothing of: characters that did not survive an encoding, errors of a formula. */
function wrongWith(cell: string): RosterSentence | null {
  if (cell.length > cellMax) return { key: 'roster:cell.long', params: { max: cellMax } };
  if (
    /[\0-\u0008\u000e-\u001f\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(
      cell,
    )
  )
    return { key: 'roster:cell.unreadable', params: {} };
  if (formula.test(cell)) return { key: 'roster:cell.formula', params: { value: shown(cell) } };
  if (/^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(cell))
    return { key: 'roster:cell.formula-error', params: { value: cell } };
  return null;
}

function faultOf(
  { name }: Table,
  row: number | null,
  column: number | null,
  sentence: RosterSentence,
): RosterFault {
  return { sheet: name, row, column, sentence };
}

/** A fault in a row of a roster, at the column of a field. */
export function entryFault(
  { sheet, row, at }: Entry,
  field: string,
  key: RosterSentence['key'],
  params: Record<string, Param> = {},
): RosterFault {
  return { sheet, row, column: at[field] ?? null, sentence: { key, params } };
}

/** A cell as it can be quoted. */
export function shown(cell: string): string {
  const words = cell.trim().replace(/\s+/gu, ' ');
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}

import { plain } from '../nearest.ts';
import { type CsvRecord, type CsvSlip, readCsv } from './csv.ts';
import { fileProblem, type Path, type Problem } from './problem.ts';

/** Rows of a register as a campaign file would have them, and where each stands. */
export interface Register {
  rows: { row: number; value: Record<string, unknown> }[];
  /** Column (from 1) of each field. */
  columns: Map<string, number>;
  /** `path`: [row, column]. */
  problems: Problem[];
}

/** The registers there are, and their columns; each may be headed in Chinese. */
export const registers = {
  units: {
    id: '编号',
    name: '名称',
    'name-en': '英文名称',
    kind: '类别',
    parent: '上级',
    aliases: '别名',
    weight: '权重',
  },
  pairs: { activity: '督查活动', inspector: '检查单位', inspected: '被检查单位' },
  participants: { activity: '督查活动', unit: '单位' },
} as const;
export type RegisterName = keyof typeof registers;

const needed: Record<RegisterName, readonly string[]> = {
  units: ['id', 'name', 'kind'],
  pairs: ['activity', 'inspector', 'inspected'],
  participants: ['activity', 'unit'],
};

/** Rows of one register; more are a mistake, or more than a campaign can have (100,000 windows and their halls). */
export const rowsMax = 200_000;

/** Reads one register. Cells are trimmed, empty ones count as not there; `aliases` are parted by `;`, `；`, `、` or `|`. */
export function readRegister(name: RegisterName, text: string): Register {
  const { records, slip } = readCsv(text);
  const [heading, ...body] = records;
  const problems: Problem[] = slip === null ? [] : [slipProblem(slip)];
  if (heading === undefined)
    return {
      rows: [],
      columns: new Map(),
      problems: slip === null ? [fileProblem([1, 1], 'csv.empty')] : problems,
    };
  const columns = columnsOf(name, heading, problems);
  if (body.length > rowsMax) problems.push(fileProblem([rowsMax + 2, 1], 'csv.too-many', { max: rowsMax }));
  const isReadable = needed[name].every((field) => columns.has(field)) && body.length <= rowsMax;
  if (!isReadable) return { rows: [], columns, problems };
  const rows = body.map((record) => ({
    row: record.row,
    value: entryOf(name, record, columns, heading, problems),
  }));
  return { rows, columns, problems };
}

function columnsOf(name: RegisterName, { row, cells }: CsvRecord, problems: Problem[]): Map<string, number> {
  const known = Object.entries<string>(registers[name]);
  const columns = new Map<string, number>();
  for (const [index, cell] of cells.entries()) {
    const field = known.find((words) => words.some((one) => plain(one) === plain(cell)))?.[0];
    const at: Path = [row, index + 1];
    const list = known.map(([id]) => id);
    if (cell.trim() === '') continue;
    if (field === undefined)
      problems.push(fileProblem(at, 'csv.unknown-column', { name: cell.slice(0, 40), columns: { list } }));
    else if (columns.has(field)) problems.push(fileProblem(at, 'csv.double-column', { name: cell }));
    else columns.set(field, index + 1);
  }
  for (const field of needed[name])
    if (!columns.has(field))
      problems.push(
        fileProblem([row, 1], 'csv.missing-column', { name: field, other: chinese(name, field) }),
      );
  return columns;
}

function chinese(name: RegisterName, field: string): string {
  return Object.entries<string>(registers[name]).find(([id]) => id === field)?.[1] ?? field;
}

function entryOf(
  name: RegisterName,
  { row, cells }: CsvRecord,
  columns: Map<string, number>,
  heading: CsvRecord,
  problems: Problem[],
): Record<string, unknown> {
  if (cells.length > heading.cells.length && cells.slice(heading.cells.length).some((cell) => cell !== ''))
    problems.push(
      fileProblem([row, heading.cells.length + 1], 'csv.too-many-cells', { count: heading.cells.length }),
    );
  const value: Record<string, unknown> = {};
  for (const [field, column] of columns) {
    const cell = (cells[column - 1] ?? '').trim();
    if (cell !== '') value[field] = cell;
  }
  return name === 'units' ? unitOf(value) : value;
}

function unitOf({
  'name-en': english,
  kind,
  aliases,
  weight,
  ...unit
}: Record<string, unknown>): Record<string, unknown> {
  return {
    ...unit,
    ...(english === undefined ? {} : { name: { 'zh-CN': unit.name, en: english } }),
    ...(kind === undefined ? {} : { kind: kinds.get(String(kind)) ?? kind }),
    ...(aliases === undefined ? {} : { aliases: listIn(String(aliases)) }),
    ...(weight === undefined ? {} : { weight: /^\d+$/.test(String(weight)) ? Number(weight) : weight }),
  };
}

const kinds = new Map([
  ['机构', 'organisation'],
  ['单位', 'organisation'],
  ['地区', 'area'],
  ['大厅', 'hall'],
  ['窗口', 'window'],
]);

function listIn(cell: string): string[] {
  return cell
    .split(/[;；、|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function slipProblem({ row, column, kind }: CsvSlip): Problem {
  return fileProblem([row, column], `csv.${kind}`);
}

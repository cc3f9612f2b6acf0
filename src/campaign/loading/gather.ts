import { Extends, Registers } from '../files.ts';
import type { Beside, OpenBeside } from './beside.ts';
import { isMap, type Located, type Merged, merge, type Part } from './merge.ts';
import { fileProblem, type Path, type Problem, pathText, problem } from './problem.ts';
import { type RegisterName, readRegister, registers } from './register.ts';
import { readSource, type Source } from './source.ts';

/** A problem and the file it stands in. Those of the writing itself carry the place in the text. */
export interface Placed {
  located: Located;
  problem: Problem & { offset?: number };
  source?: Source;
}

/** A campaign file with everything it extends and its registers, as one; null where the file itself can't be read. */
export interface Gathered {
  merged: Merged | null;
  problems: Placed[];
  root: Located;
}

const filesMax = 50;
const bytesMax = 1_000_000;

/** Reads a campaign file and what it names. `open` gets at the other files; nothing else is read. */
export function gather(text: string, open: OpenBeside): Gathered {
  const state: State = { open, problems: [], parts: new Map(), root: readRoot(text) };
  const { located, raw } = state.root;
  note(state, state.root);
  if (raw === null) return { merged: null, problems: state.problems, root: located };
  const part: Part = { located, raw, rows: new Map(), isRoot: true };
  follow(state, part, [], null);
  addRegisters(state, part, null);
  const merged = merge([...state.parts.values(), part]);
  return { merged, problems: state.problems, root: located };
}

interface Read {
  located: Located;
  source: Source;
  raw: Record<string, unknown> | null;
}

interface State {
  open: OpenBeside;
  problems: Placed[];
  /** By name, in the order in which they are put together. */
  parts: Map<string, Part>;
  root: Read;
}

function readRoot(text: string): Read {
  return readYaml(text, undefined);
}

function readYaml(text: string, file: string | undefined): Read {
  const source = readSource(text);
  const located: Located = { file, placeOf: source.placeOf, pathOf: pathText };
  const raw = source.data?.raw;
  return { located, source, raw: isMap(raw) ? raw : null };
}

function note({ problems }: State, { located, source }: Read): void {
  for (const one of source.problems) problems.push({ located, problem: one, source });
}

/** Reads what a part extends, each file once, the first named first. `names` are the files on the way here. */
function follow(state: State, part: Part, names: string[], from: string | null): void {
  const read = Extends.safeParse(part.raw.extends ?? []);
  // What is of a wrong shape is told with the shape of the whole.
  if (!read.success) return;
  for (const [index, wanted] of read.data.entries()) {
    const path: Path = Array.isArray(part.raw.extends) ? ['extends', index] : ['extends'];
    const beside = state.open(wanted, from);
    if (beside.kind !== 'text') {
      state.problems.push({ located: part.located, problem: besideProblem(beside, path) });
      continue;
    }
    const circle = [...names, from ?? ''].includes(beside.name);
    if (circle) {
      const list = [...names.filter((name) => name !== ''), from ?? '', beside.name].filter(
        (name) => name !== '',
      );
      state.problems.push({
        located: part.located,
        problem: fileProblem(path, 'extends.cycle', { names: { list } }),
      });
    } else if (!state.parts.has(beside.name)) readExtended(state, part, path, beside, [...names, from ?? '']);
  }
}

function readExtended(
  state: State,
  by: Part,
  path: Path,
  { name, text }: Extract<Beside, { kind: 'text' }>,
  names: string[],
): void {
  const tell = (found: Problem) => state.problems.push({ located: by.located, problem: found });
  if (state.parts.size >= filesMax) {
    tell(fileProblem(path, 'extends.too-many', { max: filesMax }));
    return;
  }
  if (isTooBig(text)) {
    tell(fileProblem(path, 'extends.too-big', { name, limit: bytesMax / 1_000_000 }));
    return;
  }
  const read = readYaml(text, name);
  note(state, read);
  const { located, source, raw } = read;
  if (raw === null || raw.duban !== 1) {
    if (source.data !== null)
      state.problems.push({ located, problem: fileProblem([], 'extends.no-library') });
    return;
  }
  const part: Part = { located, raw, rows: new Map(), isRoot: false };
  follow(state, part, names, name);
  addRegisters(state, part, name);
  state.parts.set(name, part);
}

/** Whether a YAML file is over its limit. */
export function isTooBig(text: string): boolean {
  return text.length > bytesMax || new TextEncoder().encode(text).length > bytesMax;
}

function besideProblem(beside: Exclude<Beside, { kind: 'text' }>, path: Path): Problem {
  const { name } = beside;
  switch (beside.kind) {
    case 'missing':
      return fileProblem(path, 'extends.missing', { name });
    case 'outside':
      return fileProblem(path, 'extends.outside', { name });
    case 'too-big':
      return fileProblem(path, 'extends.too-big', { name, limit: beside.limitMb });
    case 'unreadable':
      return fileProblem(path, 'extends.unreadable', { name, reason: beside.reason });
  }
}

/** Adds the rows of a part's registers to its lists. */
function addRegisters(state: State, part: Part, from: string | null): void {
  const read = Registers.safeParse(part.raw.registers ?? {});
  if (!read.success) return;
  for (const name of Object.keys(registers) as RegisterName[]) {
    const wanted = read.data[name];
    if (wanted === undefined) continue;
    const beside = state.open(wanted, from);
    if (beside.kind === 'text') addRegister(state, part, name, beside);
    else state.problems.push({ located: part.located, problem: besideProblem(beside, ['registers', name]) });
  }
}

function addRegister(
  state: State,
  part: Part,
  name: RegisterName,
  file: { name: string; text: string },
): void {
  const { rows, columns, problems } = readRegister(name, file.text);
  const located: Located = {
    file: file.name,
    placeOf: ([row, field]) => ({
      line: Number(row ?? 1),
      column: typeof field === 'number' ? field : (columns.get(String(field)) ?? 1),
    }),
    pathOf: ([, field]) => (typeof field === 'string' ? field : ''),
  };
  const tell = (found: Problem) => state.problems.push({ located, problem: found });
  for (const found of problems) tell(found);
  if (name === 'units') {
    const list = Array.isArray(part.raw.units) ? part.raw.units : [];
    part.rows.set('units', { from: list.length, located, rows: rows.map(({ row }) => row) });
    part.raw.units = [...list, ...rows.map(({ value }) => value)];
    return;
  }
  for (const { row, value } of rows) addToActivity(part, name, located, row, value, tell);
}

function addToActivity(
  part: Part,
  name: 'pairs' | 'participants',
  located: Located,
  row: number,
  { activity: id, unit, ...pair }: Record<string, unknown>,
  tell: (found: Problem) => void,
): void {
  const all: unknown[] = Array.isArray(part.raw.activities) ? part.raw.activities : [];
  const index = all.findIndex((one) => isMap(one) && one.id === id);
  const activity = all[index];
  if (!isMap(activity)) {
    const sentence =
      id === undefined ? problem([row, 'activity'], 'fault.missing', { name: 'activity' }) : null;
    tell(
      sentence ?? fileProblem([row, 'activity'], 'csv.unknown-activity', { name: String(id).slice(0, 40) }),
    );
    return;
  }
  const key = `activities.${index}.${name}`;
  const list = Array.isArray(activity[name]) ? activity[name] : [];
  activity[name] = list;
  const added = part.rows.get(key) ?? { from: list.length, located, rows: [] };
  part.rows.set(key, added);
  added.rows.push(row);
  list.push(name === 'pairs' ? pair : (unit ?? ''));
}

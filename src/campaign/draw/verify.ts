import type { Params } from '../../flow/say.ts';
import { type DrawResult, makeDraw } from './draw.ts';
import { outOfOrder } from './frame.ts';
import { commitmentOf, DrawRecord, fingerprintOf, parts, printsOf } from './record.ts';
import type { DrawSentence } from './refused.ts';
import { algorithm } from './stream.ts';

/** Something in a record that is not as repeating it says, as a sentence. */
export interface Difference {
  key: `draw:${Extract<DrawSentence, `differs.${string}`>}`;
  params: Params;
}

/** What repeating a record showed. `record` is null when it can't be read as one. */
export interface Verdict {
  record: DrawRecord | null;
  /** None: the draw is the one that was recorded. */
  differences: Difference[];
}

/** Repeats a draw from its record alone, and names everything that differs. */
export function verifyRecord(raw: unknown): Verdict {
  const read = DrawRecord.safeParse(raw);
  if (!read.success) {
    const path = read.error.issues[0]?.path.join('.') ?? '';
    return { record: null, differences: [differs('shape', { path: path === '' ? '.' : path })] };
  }
  const record = read.data;
  if (record.algorithm !== algorithm)
    return { record, differences: [differs('algorithm', { recorded: record.algorithm, known: algorithm })] };
  return { record, differences: [...sealDifferences(record), ...drawDifferences(record)] };
}

function sealDifferences(record: DrawRecord): Difference[] {
  const prints = printsOf(record);
  const doubled = outOfOrder(record.frame);
  return [
    ...(commitmentOf(record.seed) === record.commitment ? [] : [differs('commitment')]),
    ...(record.committedAt <= record.frozenAt ? [] : [differs('late-commitment')]),
    ...parts
      .filter((part) => prints[part] !== record.prints[part])
      .map((part) => differs('part', { part: { key: `draw:part.${part}` } })),
    ...(fingerprintOf(record) === record.fingerprint ? [] : [differs('fingerprint')]),
    ...(doubled === null ? [] : [differs('order', { id: doubled })]),
    ...bothDifferences(record),
  ];
}

/** Somebody who is in the frame though said to be kept out of it. */
function bothDifferences({ frame, excluded }: DrawRecord): Difference[] {
  const members = new Set(frame.members.map(({ id }) => id));
  return excluded.filter(({ id }) => members.has(id)).map(({ id }) => differs('both', { id }));
}

function drawDifferences({ plan, frame, seed, result }: DrawRecord): Difference[] {
  const again = makeDraw(plan, frame, seed);
  if (again.kind === 'refused') return [differs('refused', { why: again.sentence })];
  const [recorded, repeated] = [rowsOf(result), rowsOf(again.result)];
  if (recorded.length !== repeated.length)
    return [differs('count', { recorded: recorded.length, repeated: repeated.length })];
  return repeated.flatMap((row, index) =>
    row === recorded[index]
      ? []
      : [differs('result', { place: index + 1, recorded: recorded[index] ?? '', repeated: row })],
  );
}

/** A result line by line, as it can be shown. */
export function rowsOf(result: DrawResult): string[] {
  switch (result.kind) {
    case 'sample':
      return result.drawn;
    case 'teams':
      return result.teams.map(
        ({ object, inspectors, day }) =>
          `${object} ← ${inspectors.join(' ')}${day === undefined ? '' : ` @ ${day}`}`,
      );
    case 'matrix':
      return result.pairs.map(({ inspector, inspected }) => `${inspector} → ${inspected}`);
  }
}

function differs(what: DifferenceName, params: Params = {}): Difference {
  return { key: `draw:differs.${what}`, params };
}

type DifferenceName =
  Extract<DrawSentence, `differs.${string}`> extends `differs.${infer Name}` ? Name : never;

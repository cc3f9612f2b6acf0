import { dueOf } from '../../../campaign/rectification/record.ts';
import type { Param } from '../../../flow/say.ts';
import { bars } from '../../charts/bars.ts';
import { drawingPng } from '../../charts/png.ts';
import { sheet } from '../../charts/sheet.ts';
import { counted, type Material, type Problem } from '../material.ts';
import type { Block } from '../paper.ts';
import type { Words } from '../words.ts';

/** Rows that one table lists: the ledger has the rest. */
const rowsMax = 2000;
/** Kinds of problems that the chart shows. */
const barsMax = 12;

/** The problems, a table by kind and unit, and a chart where there are several kinds; a sentence where there are none. */
export async function problemBlocks(material: Material, words: Words): Promise<Block[]> {
  const { problems, day } = material;
  const { say, date } = words;
  if (problems.length === 0) return [{ kind: 'text', text: say('docx:problems.none', { day: date(day) }) }];
  const standing = counted(problems);
  const merged = problems.length - standing.length;
  const kinds = byKind(standing, words);
  const table: Block = {
    kind: 'table',
    title: say('docx:problems'),
    head: (['number', 'problem', 'unit', 'ledger', 'severity', 'state'] as const).map((column) =>
      say(`docx:column.${column}`),
    ),
    rows: problems
      .slice(0, rowsMax)
      .map((problem, index) => [
        String(index + 1),
        [words.name(problem.problem), ...problem.facts.map((fact) => say('ledger:fact', { ...fact }))].join(
          '\n',
        ),
        [words.name(problem.unit), ...(problem.place === null ? [] : [problem.place])].join('\n'),
        String(problem.number),
        say(`ledger:severity.${problem.severity}`),
        words.words(stateOf(problem)),
      ]),
    widths: [2, 11, 6, 3, 3, 5],
    note: [
      say('docx:note.problems', { n: standing.length, day: date(day) }),
      ...(merged === 0 ? [] : [say('docx:note.merged', { merged })]),
    ].join(''),
  };
  return [
    {
      kind: 'text',
      text: say('docx:problems.kinds', { n: standing.length, kinds: kindsOf(kinds, words), day: date(day) }),
    },
    ...(kinds.length > 1 ? [await chartOf(kinds, material, words)] : []),
    table,
    ...leftOver(problems.length, words),
  ];
}

interface Kind {
  name: string;
  count: number;
}

/** In the order in which they were first found: nothing is ranked. */
function byKind(problems: readonly Problem[], { name }: Words): Kind[] {
  const kinds = new Map<string, number>();
  for (const { problem } of problems) kinds.set(name(problem), (kinds.get(name(problem)) ?? 0) + 1);
  return [...kinds].map(([kind, count]) => ({ name: kind, count }));
}

function kindsOf(kinds: readonly Kind[], { say, words }: Words): string {
  const list = kinds.slice(0, barsMax).map(({ name, count }) => say('docx:problems.kind', { name, count }));
  const more = kinds.length > barsMax ? [say('docx:problems.other', { count: kinds.length - barsMax })] : [];
  return words({ list: [...list, ...more] });
}

async function chartOf(
  kinds: readonly Kind[],
  { activity, day, problems }: Material,
  words: Words,
): Promise<Block> {
  const { say, name, date } = words;
  const title = say('docx:chart.problems');
  const n = counted(problems).length;
  const asOf = say('docx:note', { n, day: date(day) });
  const says = kindsOf(kinds, words);
  const shown = kinds.slice(0, barsMax);
  const most = Math.max(...shown.map(({ count }) => count));
  const drawing = sheet({ name: 'problems', title, about: name(activity.title), asOf, says }, (page) =>
    bars(
      page,
      shown.map((kind) => ({
        name: kind.name,
        figures: String(kind.count),
        parts: [{ count: kind.count, fill: 'full' }],
      })),
      most,
    ),
  );
  const bytes = await drawingPng(drawing);
  const { width, height } = drawing;
  return {
    kind: 'picture',
    type: 'png',
    bytes,
    width,
    height,
    turned: 0,
    title,
    caption: say('docx:chart.caption', { title, n, day: date(day) }),
    words: says,
  };
}

/** What was ordered for the problems, and how far it is (MDJ-3.4, DA-2); nothing while nothing was. */
export function orderBlocks({ problems, day }: Material, words: Words): Block[] {
  const { say, date, name } = words;
  const ordered = problems.flatMap(({ order, ...problem }) =>
    order === null ? [] : [{ ...problem, order }],
  );
  if (ordered.length === 0) return [];
  const rows = ordered
    .slice(0, rowsMax)
    .map(({ problem, unit, number, order }, index) => [
      String(index + 1),
      say('docx:order.problem', { number, problem: name(problem) }),
      order.measure ?? order.requirement ?? say('docx:none'),
      order.owner ?? name(unit),
      'awaits' in order.task
        ? say('docx:order.awaits', { awaits: order.task.awaits, day: date(dueOf(order.task)) })
        : date(dueOf(order.task)),
      say(`ledger:state.${order.state}`),
    ]);
  return [
    {
      kind: 'table',
      title: say('docx:orders'),
      head: (['number', 'problem', 'measure', 'owner', 'due', 'state'] as const).map((column) =>
        say(`docx:column.${column}`),
      ),
      rows,
      widths: [2, 8, 9, 5, 5, 4],
      note: say('docx:note.problems', { n: ordered.length, day: date(day) }),
    },
    ...leftOver(ordered.length, words),
  ];
}

function stateOf({ isClosed, mergedInto, order }: Problem): Param {
  if (mergedInto !== null) return { key: 'docx:merged', params: { number: mergedInto } };
  if (isClosed) return { key: 'ledger:state.closed' };
  return order === null ? { key: 'ledger:state.none' } : { key: `ledger:state.${order.state}` };
}

function leftOver(n: number, { say }: Words): Block[] {
  return n > rowsMax
    ? [{ kind: 'text', text: say('docx:rows.left', { shown: rowsMax, left: n - rowsMax }) }]
    : [];
}

import {
  type CheckedMeasure,
  type CheckedProblem,
  measuresOf,
  problemsOf,
} from '../../../campaign/activities/selfcheck.ts';
import { orphansOf } from '../../../campaign/rectification/lint.ts';
import { lintWritten } from '../../../campaign/rectification/written.ts';
import { titleOf } from '../../../commands/report-summary.ts';
import type { Question } from '../../../flow/questions/question.ts';
import { isRelevant } from '../../../flow/route.ts';
import type { FilledIn, Material, TaskMaterial } from '../material.ts';
import type { Appendix, Block, Table } from '../paper.ts';
import type { Written } from '../paper-of.ts';
import { askedOf, checksTable, ended, noteOf } from '../parts/answers.ts';
import { called } from '../parts/called.ts';
import { partHeading } from '../parts/heading.ts';
import { firstPart } from '../parts/opening.ts';
import { orderBlocks } from '../parts/problems.ts';
import type { Words } from '../words.ts';

/**
 * 自查报告: 自查 item by item (present state, figures, shortfall, cause: DA-1), then 整改 (DA-2), and as an appendix what problems
 * and measures lack of one another (DA-3).
 */
export async function selfcheckBlocks(material: Material, words: Words): Promise<Written> {
  const matched = matchTable(material, words);
  return {
    blocks: [
      ...firstPart('selfcheck', material, words),
      ...checksTable(askedOf(material), material, words),
      ...itemBlocks(material, words),
      partHeading('rectify', words),
      ...measureBlocks(material, words),
      ...orderBlocks(material, words),
    ],
    appendices: matched === null ? [] : [matched],
  };
}

/** The questions of one item go by its id: guides, guides-state, guides-figures, guides-shortfall, guides-cause. */
function itemsOf(visits: readonly FilledIn[]): Question[][] {
  const questions = new Map(visits.flatMap(({ flow }) => flow.questions.map((one) => [one.id, one])));
  const all = [...questions.values()].filter(({ type }) => type !== 'note');
  const bases = all.filter((one) => one.type === 'choice' && one.expect !== undefined).map(({ id }) => id);
  const baseOf = ({ id }: Question) => bases.find((base) => id === base || id.startsWith(`${base}-`)) ?? id;
  const items = new Map<string, Question[]>();
  for (const question of all) items.set(baseOf(question), [...(items.get(baseOf(question)) ?? []), question]);
  return [...items.values()];
}

function itemBlocks({ tasks, scope }: Material, words: Words): Block[] {
  const items = itemsOf(tasks.flatMap(({ visits }) => visits));
  return items.flatMap((questions): Block[] => {
    const [first] = questions;
    if (first === undefined) return [];
    const texts = tasks.flatMap((task) => {
      const text = task.visits.map((visit) => itemText(questions, visit, words)).join('');
      const lead = scope === 'activity' ? words.say('docx:lead', { name: words.name(task.target) }) : '';
      return text === '' ? [] : [{ kind: 'text', lead, text } as const];
    });
    return [{ kind: 'heading', level: 2, text: called(first, words) }, ...texts];
  });
}

/** One unit's answers to one item as running text: its state first, then each with its name. */
function itemText(questions: readonly Question[], { values }: FilledIn, words: Words): string {
  const { say } = words;
  const [first] = questions;
  const said = questions.flatMap((question) => {
    const value = values[question.id];
    if (value === undefined || !isRelevant(question, values)) return [];
    if (question.type === 'text' && typeof value === 'string')
      return question === first
        ? ended(value, words)
        : say('docx:answer', { title: called(question, words), answer: ended(value, words) });
    return question.type === 'choice' && question.expect !== undefined && value === 'no'
      ? [say('docx:selfcheck.no-shortfall')]
      : [];
  });
  return said.join('');
}

function measureBlocks({ tasks, scope }: Material, { say, name, words, language }: Words): Block[] {
  const blocks = tasks.flatMap(({ part, target, visits }) =>
    measuresOf(part, visits).map((measure): Block => {
      const question = part?.flow.questions.find(({ id }) => id === measure.id);
      const title = question === undefined ? '' : words(titleOf(question));
      const lead =
        scope === 'activity'
          ? say('docx:lead.unit', { name: name(target), title })
          : say('docx:lead', { name: title });
      return { kind: 'text', lead, text: ended(measure.text, { language }) };
    }),
  );
  return blocks.length === 0 ? [{ kind: 'text', text: say('docx:missing') }] : blocks;
}

interface Matched {
  problems: CheckedProblem[];
  measures: CheckedMeasure[];
}

/** 问题与措施对照: each problem with its measures, measures without a problem last, and what each measure lacks. Null without either. */
function matchTable({ tasks, day, scope }: Material, words: Words): Appendix | null {
  const rows = tasks.flatMap((task) => rowsOf(task, words).map((cells) => ({ task, cells })));
  if (rows.length === 0) return null;
  const several = scope === 'activity';
  const { say, name } = words;
  const heads = (['problem', 'measure', 'check'] as const).map((column) => say(`docx:column.${column}`));
  const table: Table = {
    kind: 'table',
    title: say('docx:matched'),
    head: several ? [say('docx:column.unit'), ...heads] : heads,
    rows: rows.map(({ task, cells }) => (several ? [name(task.target), ...cells] : cells)),
    widths: several ? [4, 6, 8, 6] : [7, 9, 7],
    note: noteOf(rows.length, day, words),
  };
  return { title: say('docx:matched'), blocks: [{ kind: 'text', text: say('docx:matched.says') }, table] };
}

function rowsOf({ part, visits }: TaskMaterial, words: Words): string[][] {
  const matched: Matched = { problems: problemsOf(visits), measures: measuresOf(part, visits) };
  const orphans = orphansOf(matched.problems, matched.measures);
  const { say, name } = words;
  return [
    ...matched.problems.flatMap((problem) => {
      const own = matched.measures.filter(({ problems }) => problems.includes(problem.id));
      const problemName = `${problem.mark}${name(problem.problem)}`;
      return own.length === 0
        ? [[problemName, say('docx:none'), say('docx:matched.no-measure')]]
        : own.map((measure) => [problemName, measure.text, flawsOf(measure, words)]);
    }),
    ...orphans.measures.map((measure) => {
      const flaws = lintWritten(measure.text).length === 0 ? [] : [flawsOf(measure, words)];
      return [
        say('docx:none'),
        measure.text,
        words.words({ list: [say('docx:matched.no-problem'), ...flaws] }),
      ];
    }),
  ];
}

/** What a measure lacks, as it was told when it was handed in (DA-2). */
function flawsOf({ text }: CheckedMeasure, { say, words }: Words): string {
  const flaws = lintWritten(text).map((flaw) => {
    const quoted =
      'words' in flaw ? (typeof flaw.words === 'string' ? flaw.words : { list: flaw.words }) : '';
    return say(`modes:selfcheck.${flaw.kind}`, { words: quoted });
  });
  return flaws.length === 0 ? say('docx:matched.good') : words({ list: flaws });
}

import { describe } from '../../../flow/describe.ts';
import type { Question } from '../../../flow/questions/question.ts';
import { isRelevant } from '../../../flow/route.ts';
import type { Material, VisitMaterial } from '../material.ts';
import type { Block, Table } from '../paper.ts';
import type { Written } from '../paper-of.ts';
import { askedOf, checksTable, choicesTable, ended, inOwnWords, noteOf } from '../parts/answers.ts';
import { called } from '../parts/called.ts';
import { givenBlocks, otherParts } from '../parts/given.ts';
import { totals } from '../parts/opening.ts';
import { orderBlocks, problemBlocks } from '../parts/problems.ts';
import type { Words } from '../words.ts';

const prominent = ['prominent', 'problems'];
const instant = ['instant'];
const dated = ['dated', 'measures'];
/** Questions of one choice that have a column of their own. */
const columnsMax = 3;

/**
 * 专项报告 of a walk-through: which matters, in which way and how they went; prominent problems; what was put right at once;
 * what takes longer, by when and in which steps (MDJ-3.1, MDJ-3.4, MDJ-3.5). Its photos follow as an appendix.
 */
export async function specialBlocks(material: Material, words: Words): Promise<Written> {
  const visits = material.tasks.flatMap((task) => task.visits);
  const asked = askedOf(visits);
  const points = asked.filter(({ question }) => question.type === 'choices');
  const heading = (key: 'situation' | 'prominent' | 'instant' | 'dated'): Block => ({
    kind: 'heading',
    level: 1,
    text: words.say(`docx:part.${key}`),
  });
  return {
    blocks: [
      heading('situation'),
      totals(material, words),
      ...mattersTable(material, words),
      ...leftBlocks(material, words),
      ...checksTable(asked, material, words),
      ...storyBlocks(material, words),
      heading('prominent'),
      ...givenBlocks(material, prominent, words),
      ...points.flatMap((one) => choicesTable(one, material.day, words)),
      ...(await problemBlocks(material, words)),
      heading('instant'),
      ...givenBlocks(material, instant, words),
      heading('dated'),
      ...givenBlocks(material, dated, words),
      ...orderBlocks(material, words),
      ...otherParts(material, [...prominent, ...instant, ...dated], words),
    ],
    appendices: [],
  };
}

/** A row a record: matter, day, by whom, and how it went. */
function mattersTable({ tasks, day, scope }: Material, words: Words): Table[] {
  const { say, name } = words;
  const visits = tasks.flatMap((task) => task.visits.map((visit) => ({ target: task.target, visit })));
  if (visits.length === 0) return [];
  const several = scope === 'activity';
  const open = askedOf(visits.map(({ visit }) => visit))
    .map(({ question }) => question)
    .filter((question) => question.type === 'choice' && question.expect === undefined)
    .slice(0, columnsMax);
  const rows = visits.map(({ target, visit }, index) => [
    String(index + 1),
    ...(several ? [name(target)] : []),
    visit.name === null ? say('docx:none') : name(visit.name),
    words.date(visit.day),
    say(visit.byDeputy ? (visit.counts ? 'docx:by.deputy' : 'docx:by.deputy.not') : 'docx:by.head'),
    ...open.map((question) => answerOf(question, visit, words)),
  ]);
  const head = [
    say('docx:column.number'),
    ...(several ? [say('docx:column.unit')] : []),
    ...(['matter', 'day', 'by'] as const).map((column) => say(`docx:column.${column}`)),
    ...open.map((question) => called(question, words)),
  ];
  const widths = [2, ...(several ? [5] : []), 7, 4, 4, ...open.map(() => 4)];
  const note = noteOf(visits.length, day, words);
  return [{ kind: 'table', title: say('docx:matters'), head, rows, widths, note }];
}

function answerOf(question: Question, { values }: VisitMaterial, { say, words }: Words): string {
  const value = values[question.id];
  return value === undefined || !isRelevant(question, values)
    ? say('docx:none')
    : words(describe(question, value));
}

/** Stages and views, matter by matter (MDJ-3.2, MDJ-2.3). */
function storyBlocks({ tasks }: Material, words: Words): Block[] {
  return tasks.flatMap(({ target, visits }) =>
    visits.flatMap((visit): Block[] => {
      const text = inOwnWords(visit, words);
      const name = words.name(visit.name ?? target);
      const lead = words.say('docx:lead.day', { name, day: words.date(visit.day) });
      return text === '' ? [] : [{ kind: 'text', lead, text }];
    }),
  );
}

/** What was listed and not walked through, and why (MDJ-1.1, MDJ-1.2). */
function leftBlocks({ tasks, scope }: Material, words: Words): Block[] {
  const { say, name } = words;
  return tasks.flatMap(({ left, openReason, target }): Block[] => {
    if (left.length === 0) return [];
    const listed = { list: left.map((matter) => matter.name) };
    const inPerson = left.filter((matter) => matter.inPerson).map((matter) => matter.name);
    const text = [
      say('modes:report.left', { count: left.length, names: listed }),
      ...(inPerson.length === 0
        ? []
        : [say('modes:report.left.in-person', { count: inPerson.length, names: { list: inPerson } })]),
      ...(openReason === null ? [] : [ended(say('modes:report.left.why', { reason: openReason }))]),
    ].join('');
    const lead = scope === 'activity' ? say('docx:lead', { name: name(target) }) : '';
    return [{ kind: 'text', lead, text }];
  });
}

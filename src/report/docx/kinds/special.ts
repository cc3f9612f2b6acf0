import { describe } from '../../../flow/describe.ts';
import type { Question } from '../../../flow/questions/question.ts';
import { isRelevant } from '../../../flow/route.ts';
import type { Material, VisitMaterial } from '../material.ts';
import type { Block, Table } from '../paper.ts';
import type { Written } from '../paper-of.ts';
import {
  type Asked,
  askedOf,
  checksTable,
  choicesTable,
  ended,
  noteOf,
  visitsInWords,
} from '../parts/answers.ts';
import { called } from '../parts/called.ts';
import { givenPart, otherParts } from '../parts/given.ts';
import { firstPart } from '../parts/opening.ts';
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
  const asked = askedOf(material);
  const points = asked.filter(({ question }) => question.type === 'choices');
  return {
    blocks: [
      ...firstPart('situation', material, words),
      ...mattersTable(asked, material, words),
      ...leftBlocks(material, words),
      ...checksTable(asked, material, words),
      ...visitsInWords(material, words),
      ...givenPart('prominent', prominent, material, words),
      ...points.flatMap((one) => choicesTable(one, material.day, words)),
      ...(await problemBlocks(material, words)),
      ...givenPart('instant', instant, material, words),
      ...givenPart('dated', dated, material, words),
      ...orderBlocks(material, words),
      ...otherParts(material, [...prominent, ...instant, ...dated], words),
    ],
    appendices: [],
  };
}

/** A row a record: matter, day, by whom, and how it went. */
function mattersTable(asked: readonly Asked[], { tasks, day, scope }: Material, words: Words): Table[] {
  const { say, name } = words;
  const visits = tasks.flatMap((task) => task.visits.map((visit) => ({ target: task.target, visit })));
  if (visits.length === 0) return [];
  const several = scope === 'activity';
  const open = asked
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
      ...(openReason === null ? [] : [ended(say('modes:report.left.why', { reason: openReason }), words)]),
    ].join('');
    const lead = scope === 'activity' ? say('docx:lead', { name: name(target) }) : '';
    return [{ kind: 'text', lead, text }];
  });
}

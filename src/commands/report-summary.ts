import type { Mode } from '../campaign/activities/activity.ts';
import { holds } from '../flow/condition.ts';
import { isCounts, type Pooled, pooled } from '../flow/counts.ts';
import type { Flow } from '../flow/definition.ts';
import { describe } from '../flow/describe.ts';
import type { Question } from '../flow/questions/question.ts';
import { isRelevant } from '../flow/route.ts';
import type { Line, Param, Params, SentenceKey } from '../flow/say.ts';
import { inLanguage, type Text } from '../flow/text.ts';
import type { Value, Values } from '../flow/value.ts';
import { levelsTold } from '../satisfaction/citizens.ts';
import { shownFrom } from '../satisfaction/small-cells.ts';
import type { LevelCounts } from '../satisfaction/summary.ts';
import { shortFigures } from './results-short.ts';

/** One completed checklist. */
export interface Visit {
  flow: Flow;
  values: Values;
  /** What it is called in a list, where its answers don't say. */
  name?: Param;
}

/** Windows, figures and problems that one message lists. */
const listMax = 50;
/** Longest name of a window, in characters. */
const nameMax = 40;
/** Answers in words that one message lists. */
const wordsMax = 80;

/** A problem that was found; `mergedInto`: the number under which it goes on. */
export interface Found {
  number: number;
  problem: Text;
  isClosed: boolean;
  mergedInto: number | null;
}

/** What a report is made of: nothing of it is typed twice. */
export interface Assembled {
  mode: Mode;
  visits: Visit[];
  findings: Found[];
  /** What was asked besides, for the report alone. */
  parts: Visit[];
  /** What else is to be said of the visits. */
  besides: Line[];
}

/**
 * What was seen in all the visits of a task: the windows, each figure with a required threshold, what citizens said by
 * level, what was answered in words (a cross-inspection's are its windows' names and stay with them), the problems with
 * their numbers in the ledger, and the parts that only the report has (JX-4.6, JX-5.1, MDJ-3.5, DA-2).
 */
export function summaryLines({ mode, visits, findings, parts, besides }: Assembled): Line[] {
  const called = distinct(
    mode,
    visits.map((visit, index) => nameOf(visit, index + 1)),
  );
  const names = { list: called.slice(0, listMax) };
  const words = mode === 'cross' ? [] : wordLines(visits);
  return [
    { key: `modes:seen.${mode}`, params: { count: called.length, names } },
    ...besides,
    ...questionsOf(visits).flatMap((question) => figureLines(question, visits)),
    ...words.slice(0, wordsMax),
    ...(words.length > wordsMax
      ? [{ key: 'commands:report.words.more', params: { left: words.length - wordsMax } } as const]
      : []),
    ...problemLines(findings),
    ...parts.flatMap(({ flow, values }) => answerLines(flow.questions, values)),
  ];
}

/** A matter that was walked through twice is one matter; two windows of one name are two. */
function distinct(mode: Mode, names: Param[]): Param[] {
  if (mode !== 'walkthrough') return names;
  return [...new Map(names.map((name) => [JSON.stringify(name), name])).values()];
}

/** What was said in words at each visit, under its name where there are several. */
function wordLines(visits: Visit[]): Line[] {
  return visits.flatMap((visit, index) => {
    const { flow, values } = visit;
    const said = flow.questions.filter(
      (question) => question.type === 'text' || question.type === 'choices' || isOpenChoice(question),
    );
    const lines = [...checkLines(flow.questions, values), ...answerLines(said, values)];
    return visits.length === 1 || lines.length === 0
      ? lines
      : [{ key: 'commands:report.visit', params: { name: nameOf(visit, index + 1) } } as const, ...lines];
  });
}

/** What was judged good or bad, in one line. */
function checkLines(questions: readonly Question[], values: Values): Line[] {
  const checks = questions.flatMap((question): Param[] => {
    const value = values[question.id];
    if (question.type !== 'choice' || isOpenChoice(question)) return [];
    if (value === undefined || !isRelevant(question, values)) return [];
    const params = { label: titleOf(question), answer: describe(question, value) };
    return [{ key: 'commands:report.check', params }];
  });
  return checks.length === 0 ? [] : [{ key: 'commands:report.checks', params: { checks: { list: checks } } }];
}

/** One whose answers are neither good nor bad. */
function isOpenChoice(question: Question): boolean {
  return question.type === 'choice' && question.expect === undefined;
}

function answerLines(questions: readonly Question[], values: Values): Line[] {
  return questions.flatMap((question): Line[] => {
    const value = values[question.id];
    if (question.type === 'note' || value === undefined || !isRelevant(question, values)) return [];
    const params = { label: titleOf(question), answer: describe(question, value) };
    return [{ key: 'commands:report.part', params }];
  });
}

/** A checklist's first words name the place, when they come before anything is judged; else it is just a number. */
function nameOf({ flow, values, name }: Visit, number: number): Param {
  if (name !== undefined) return name;
  const first = flow.questions.find((question) => question.type !== 'note');
  const value = first?.type === 'text' ? values[first.id] : undefined;
  return typeof value === 'string'
    ? [...value].slice(0, nameMax).join('')
    : { key: 'commands:report.window', params: { number } };
}

/** Numbers with a threshold, and five-level questions; once each, though visits may run on several versions. */
function questionsOf(visits: Visit[]): Question[] {
  const byId = new Map<string, Question>();
  for (const { flow } of visits)
    for (const question of flow.questions)
      if (question.type === 'level' || (question.type === 'number' && question.expect !== undefined))
        byId.set(question.id, question);
  return [...byId.values()];
}

function figureLines(question: Question, visits: Visit[]): Line[] {
  const asked = visits.filter(
    ({ flow, values }) => flow.questions.some(({ id }) => id === question.id) && isRelevant(question, values),
  );
  const given = asked.flatMap(({ values }) => {
    const value = values[question.id];
    return typeof value === 'number' || isCounts(value) ? [{ value, values }] : [];
  });
  const label = titleOf(question);
  if (question.type === 'level') return given.length === 0 ? [] : [levelsLine(question, given)];
  if (asked.length === 0) return [];
  const expect = question.type === 'note' ? undefined : question.expect;
  const met = given.filter(
    ({ value, values }) => expect === undefined || holds(expect, values, value),
  ).length;
  // What the window could not give is said, and is neither met nor missed.
  const figures = {
    list: asked.slice(0, listMax).map(({ values }): Param => {
      const value = values[question.id];
      return value === undefined ? { key: 'commands:report.not-given' } : describe(question, value);
    }),
  };
  const together = pooled(given.map(({ value }) => value));
  if (given.length === 0) return [{ key: 'commands:report.figures.none', params: { label, figures } }];
  return [
    { key: 'commands:report.figures', params: { label, figures, met, of: given.length } },
    ...(together === null || asked.length === 1 ? [] : [pooledLine(together)]),
  ];
}

/**
 * What those that gave counts come to together; those that gave only a percentage can't be added, and are counted. Of fewer than
 * five there is no percentage.
 */
export function pooledLine({ counts, n, bare }: Pooled): { key: SentenceKey; params: Params } {
  const whole = counts.of < shownFrom ? 'commands:report.pooled.few' : 'commands:report.pooled';
  return { key: bare === 0 ? whole : `${whole}.bare`, params: { ...counts, n, bare } };
}

/** What was said by level; of citizens who are few no more than everywhere else (JX-3.2, 7). */
function levelsLine(question: Question, given: { value: Value }[]): Line {
  const label = titleOf(question);
  const told = levelsTold(
    question,
    given.map(({ value }) => value),
  );
  return told.kind === 'levels'
    ? { key: 'commands:report.levels', params: { label, levels: levels(told.counts) } }
    : { key: 'results:levels', params: { label, figures: shortFigures(told.figures) } };
}

function levels(counts: LevelCounts): Param {
  const counted = ([5, 4, 3, 2, 1] as const).map((level) => ({
    level: { key: `flow:level.${level}` } as const,
    count: counts[level - 1] ?? 0,
  }));
  return {
    list: counted
      .filter(({ count }) => count > 0)
      .map((params) => ({ key: 'commands:report.level', params })),
  };
}

function problemLines(findings: Found[]): Line[] {
  if (findings.length === 0) return [{ key: 'commands:report.no-problems' }];
  const groups = new Map<string, { problem: Text; numbers: number[]; mark: Param }>();
  for (const found of findings) {
    const { number, problem } = found;
    const mark = markOf(found);
    const name = JSON.stringify([inLanguage(problem, 'zh-CN'), mark]);
    const group = groups.get(name) ?? { problem, numbers: [], mark };
    group.numbers.push(number);
    groups.set(name, group);
  }
  // As the ledger counts them: what goes on under another number is listed, and is one problem with that.
  const count = findings.filter(({ mergedInto }) => mergedInto === null).length;
  const lines: Line[] = [{ key: 'commands:report.problems', params: { count } }];
  for (const { problem, numbers, mark } of [...groups.values()].slice(0, listMax))
    lines.push({
      key: 'commands:report.problem',
      params: { problem, count: numbers.length, numbers: { list: numbers }, mark },
    });
  if (groups.size > listMax)
    lines.push({ key: 'commands:report.problems.more', params: { left: groups.size - listMax } });
  return lines;
}

/** What became of a problem since it was found. */
function markOf({ isClosed, mergedInto }: Found): Param {
  if (mergedInto !== null) return { key: 'commands:report.merged', params: { number: mergedInto } };
  return isClosed ? { key: 'commands:report.closed' } : '';
}

/** What a report calls a question: the file's short title for it, or else its words. */
export function titleOf(question: Question): Text {
  return (question.type === 'note' ? undefined : question.title) ?? heading(question.label);
}

/** A question as a heading: "Is it clean?" is followed by an answer, not by an answer mark. */
export function heading(label: Text): Text {
  const bare = (words: string) => words.replace(/[？?：:。.]+$/u, '') || words;
  return typeof label === 'string' ? bare(label) : { 'zh-CN': bare(label['zh-CN']), en: bare(label.en) };
}

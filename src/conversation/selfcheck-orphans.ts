import {
  type CheckedMeasure,
  type FilledIn,
  measuresOf,
  problemsOf,
} from '../campaign/activities/selfcheck.ts';
import { orphansOf } from '../campaign/rectification/lint.ts';
import { lintWritten, type WrittenFlaw } from '../campaign/rectification/written.ts';
import type { Line, Param } from '../flow/say.ts';

/** A measure as it is quoted, in characters. */
const quoteMax = 24;

/**
 * What a self-check's problems and measures say of one another: problems without a measure, measures without a problem
 * (DA-3), and of each measure what it lacks: who, by when, something that can be verified (DA-2). Shown to whoever hands the
 * report in, before and with it. Nothing for a self-check without problems and measures.
 * @param checks completed runs of the checklist
 * @param report what was given for the report; null when nothing was yet
 */
export function selfcheckLines(checks: readonly FilledIn[], report: FilledIn | null): Line[] {
  const problems = problemsOf(checks);
  const measures = measuresOf(report, checks);
  if (problems.length === 0 && measures.length === 0) return [];
  const orphans = orphansOf(problems, measures);
  const lines: Line[] = [
    ...orphans.problems.map(
      ({ mark, problem }): Line => ({ key: 'modes:selfcheck.orphan.problem', params: { mark, problem } }),
    ),
    ...measureLines(checks, report),
  ];
  return lines.length === 0
    ? [{ key: 'modes:selfcheck.good' }]
    : [
        { key: 'modes:selfcheck.title', params: { problems: problems.length, measures: measures.length } },
        ...lines,
      ];
}

/** What a report's measures lack: a problem that they are for (DA-3), who, by when, something that can be verified (DA-2). */
export function measureLines(checks: readonly FilledIn[], report: FilledIn | null): Line[] {
  const measures = measuresOf(report, checks);
  return [
    ...orphansOf(problemsOf(checks), measures).measures.map(
      (measure): Line => ({ key: 'modes:selfcheck.orphan.measure', params: quoteOf(measure) }),
    ),
    ...measures.flatMap(flawLine),
  ];
}

function flawLine(measure: CheckedMeasure): Line[] {
  const flaws = lintWritten(measure.text);
  if (flaws.length === 0) return [];
  const list = flaws.map((flaw): Param => ({ key: `modes:selfcheck.${flaw.kind}`, params: wordsOf(flaw) }));
  return [{ key: 'modes:selfcheck.flaw', params: { ...quoteOf(measure), flaws: { list } } }];
}

function wordsOf(flaw: WrittenFlaw): { words: Param } {
  return {
    words: 'words' in flaw ? (typeof flaw.words === 'string' ? flaw.words : { list: flaw.words }) : '',
  };
}

function quoteOf({ mark, text }: CheckedMeasure): { mark: string; quote: string } {
  const letters = [...text.replace(/\s+/gu, ' ')];
  return {
    mark,
    quote: letters.length > quoteMax ? `${letters.slice(0, quoteMax).join('')}…` : letters.join(''),
  };
}

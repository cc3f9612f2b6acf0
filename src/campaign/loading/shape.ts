import type { z } from 'zod';
import type { Param } from '../../flow/say.ts';
import { nearest } from '../nearest.ts';
import type { CampaignSentence } from '../refusal.ts';
import { knownKeys } from './known-keys.ts';
import { type Path, type Problem, problem, shown, unknownName, valueAt } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** What zod found wrong with the shape of a file, in sentences. `raw` is the file's data. */
export function shapeProblems(issues: readonly Issue[], raw: unknown): Problem[] {
  return issues.filter(isWorthTelling).flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const value = valueAt(raw, path);
    if (issue.code === 'custom') return toProblems(issue, path, value, raw);
    if (value === undefined) return [problem(path, 'fault.missing', { name: lastName(path) })];
    if (value === null) return [problem(path, 'fault.empty', { name: lastName(path) })];
    return toProblems(issue, path, value, raw);
  });
}

/** A condition whose only test is misspelt is not also told to be empty. */
function isWorthTelling(issue: Issue, _: number, issues: readonly Issue[]): boolean {
  if (issue.code !== 'custom') return true;
  return !issues.some((one) => one.code === 'unrecognized_keys' && one.path.join() === issue.path.join());
}

function toProblems(issue: Issue, path: Path, value: unknown, raw: unknown): Problem[] {
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_value':
      return [wrongKind(path, value, [issue])];
    case 'unrecognized_keys':
      return issue.keys.map((name) => unknownKey(path, name, valueAt(value, [name])));
    case 'too_small':
      return [problem(path, bounds[kindOf(issue.origin)].low, { limit: Number(issue.minimum) })];
    case 'too_big':
      return [problem(path, bounds[kindOf(issue.origin)].high, { limit: Number(issue.maximum) })];
    case 'invalid_format':
      return [
        problem(path, issue.format === 'date' ? 'fault.no-such-day' : 'fault.bad-id', {
          value: shown(value),
        }),
      ];
    case 'invalid_union':
      return unionProblems(issue, path, value, raw);
    case 'invalid_key':
      return [{ ...problem(path, 'fault.bad-year', { value: lastName(path) }), atKey: true }];
    case 'custom':
      return [problem(path, ownSentence(issue.params), { value: shown(value) })];
    case 'invalid_element':
    case 'not_multiple_of':
      return [problem(path, 'fault.other', { value: shown(value) })];
  }
}

/** The faults of the alternative that was most likely meant: of those of the right kind, the one read furthest. */
function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  value: unknown,
  raw: unknown,
): Problem[] {
  if (issue.discriminator !== undefined || issue.errors.length === 0) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return [problem(path, 'fault.one-of', { value: shown(value), options: { list: options } })];
  }
  const meant = issue.errors
    .filter((issues) => !issues.some((one) => one.path.length === 0 && isOfKind(one)))
    .sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0];
  if (!meant)
    return [
      wrongKind(
        path,
        value,
        issue.errors.flat().filter((one) => one.path.length === 0),
      ),
    ];
  return shapeProblems(
    meant.map((one) => ({ ...one, path: [...path, ...one.path] })),
    raw,
  );
}

function wrongKind(path: Path, value: unknown, issues: readonly Issue[]): Problem {
  const options = issues.flatMap((issue): Param[] => {
    if (issue.code === 'invalid_type')
      return [{ key: `campaign:${kinds.get(issue.expected) ?? 'kind.other'}` }];
    return issue.code === 'invalid_value' ? issue.values.map(String) : [];
  });
  return problem(path, 'fault.one-of', { value: shown(value), options: { list: options } });
}

function isOfKind({ code }: Issue): boolean {
  return code === 'invalid_type' || code === 'invalid_value';
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((one) => one.path.length + ('errors' in one ? 1 : 0)));
}

function unknownKey(path: Path, name: string, value: unknown): Problem {
  // `{ zh-CN: 甲, en: a, b }`: YAML takes what follows the comma for a key without a value.
  if (value === null && !/^[a-zA-Z-]+$/.test(name))
    return { ...problem([...path, name], 'fault.needs-quotes', { name: shown(name) }), atKey: true };
  return {
    ...unknownName([...path, name], 'fault.unknown-key', name, () => nearest(name, knownKeys())),
    atKey: true,
  };
}

function ownSentence(params: Record<string, unknown> | undefined): CampaignSentence {
  // All our own refinements hand one over (`refusal`); the one in src/flow/condition.ts does not.
  const sentence = params?.sentence;
  return typeof sentence === 'string' ? (sentence as CampaignSentence) : 'fault.empty-condition';
}

function lastName(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string');
  return typeof name === 'string' ? name : '';
}

function kindOf(origin: string): 'text' | 'list' | 'number' {
  if (origin === 'string') return 'text';
  return origin === 'array' || origin === 'set' || origin === 'map' ? 'list' : 'number';
}

const bounds = {
  text: { low: 'fault.too-short', high: 'fault.too-long' },
  list: { low: 'fault.too-few', high: 'fault.too-many' },
  number: { low: 'fault.at-least', high: 'fault.at-most' },
} as const;

const kinds = new Map<string, CampaignSentence>([
  ['string', 'kind.text'],
  ['number', 'kind.number'],
  ['int', 'kind.whole-number'],
  ['boolean', 'kind.true-false'],
  ['array', 'kind.list'],
  ['object', 'kind.map'],
  ['record', 'kind.map'],
]);

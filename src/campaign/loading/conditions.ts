import type { Condition } from '../../flow/condition.ts';
import { problemsFound } from '../../flow/definition.ts';
import { nearest } from '../nearest.ts';
import type { DraftFlow, DraftQuestion } from './draft.ts';
import { type Path, type Problem, problem, shown, unknownName } from './problem.ts';

type Test = Extract<Condition, { question?: string | undefined }>;
type Questions = DraftFlow['questions'];

/**
 * What is wrong with the conditions of one question: they may look only at earlier questions (`expect` and `constraint`
 * also at their own), and only in ways that an answer of that type can pass.
 */
export function conditionProblems(questions: Questions, index: number, path: Path): Problem[] {
  const question = questions[index];
  return (['relevant', 'constraint', 'expect'] as const).flatMap((field) => {
    const condition = question?.[field];
    if (!condition) return [];
    return testsIn(condition, [...path, field]).flatMap((found) =>
      testProblems(questions, index, field, found),
    );
  });
}

interface FoundTest {
  test: Test;
  path: Path;
}

function testsIn(condition: Condition, path: Path): FoundTest[] {
  if ('all' in condition)
    return condition.all.flatMap((part, index) => testsIn(part, [...path, 'all', index]));
  if ('any' in condition)
    return condition.any.flatMap((part, index) => testsIn(part, [...path, 'any', index]));
  if ('not' in condition) return testsIn(condition.not, [...path, 'not']);
  return [{ test: condition, path }];
}

function testProblems(
  questions: Questions,
  index: number,
  field: 'relevant' | 'constraint' | 'expect',
  { test, path }: FoundTest,
): Problem[] {
  if (test.question === undefined) {
    const own = questions[index];
    return field === 'relevant'
      ? [problem(path, 'fault.relevant-own')]
      : own
        ? typeProblems(test, own, path)
        : [];
  }
  // Known beforehand, a number as any other.
  if (test.question === problemsFound)
    return typeProblems(test, { id: problemsFound, type: 'number', evidenceOf: [] }, path);
  const asked = questions.findIndex((one) => one?.id === test.question);
  const target = questions[asked];
  const at: Path = [...path, 'question'];
  if (!target) return [unknownQuestion(questions, index, test.question, at)];
  const isLater = field === 'relevant' ? asked >= index : asked > index;
  return isLater
    ? [problem(at, 'fault.later-question', { id: test.question })]
    : typeProblems(test, target, path);
}

function unknownQuestion(questions: Questions, index: number, id: string, path: Path): Problem {
  const earlier = questions.slice(0, index).flatMap((one) => one?.id ?? []);
  return unknownName(path, 'fault.unknown-question', id, () => nearest(id, earlier));
}

type TestName = Exclude<keyof Test, 'question'>;

/** The tests an answer of each type can pass; `holds` in src/flow/condition.ts fails all others. */
const testsOf = new Map<string, readonly TestName[]>([
  ['choice', ['answered', 'is', 'in']],
  ['choices', ['answered', 'includes']],
  ['level', ['answered', 'is', 'in', 'atLeast', 'atMost']],
  ['number', ['answered', 'is', 'in', 'atLeast', 'atMost']],
  ['text', ['answered', 'is', 'in']],
  ['date', ['answered', 'is', 'in']],
  ['photo', ['answered']],
  ['place', ['answered']],
  ['note', []],
]);

function typeProblems(test: Test, question: DraftQuestion, path: Path): Problem[] {
  const allowed = testsOf.get(question.type ?? '');
  if (!allowed) return [];
  const names = (['answered', 'is', 'in', 'includes', 'atLeast', 'atMost'] as const).filter(
    (name) => test[name] !== undefined,
  );
  return names.flatMap((name) =>
    allowed.includes(name)
      ? valueProblems(test, name, question, path)
      : [
          problem([...path, name], 'fault.test-kind', {
            test: name,
            id: question.id ?? '',
            type: question.type ?? '',
          }),
        ],
  );
}

/** Values that the question can't have as an answer. */
function valueProblems(test: Test, name: TestName, question: DraftQuestion, path: Path): Problem[] {
  const possible = valuesOf(question);
  if (!possible) return [];
  const wanted = name === 'in' ? (test.in ?? []) : name === 'is' || name === 'includes' ? [test[name]] : [];
  return wanted.flatMap((value, index) =>
    value === undefined || possible.includes(value)
      ? []
      : [
          problem(name === 'in' ? [...path, name, index] : [...path, name], 'fault.unknown-option', {
            value: shown(value),
            id: question.id ?? '',
            options: { list: possible },
          }),
        ],
  );
}

function valuesOf({ type, options }: DraftQuestion): (string | number)[] | undefined {
  if (type === 'level') return [1, 2, 3, 4, 5];
  return type === 'choice' || type === 'choices' ? options?.map(({ id }) => id) : undefined;
}

import { Question } from '../../flow/questions/question.ts';
import { inLanguage, languages } from '../../flow/text.ts';
import { chosenMark } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { conditionProblems } from './conditions.ts';
import type { Draft, DraftFlow, DraftQuestion } from './draft.ts';
import { type Path, type Problem, problem, shown, unknownName } from './problem.ts';

/** Flows and questions that are named but not there or come too late, and questions nobody could answer. */
export function flowProblems(draft: Draft): Problem[] {
  const flows = draft.flows.flatMap((flow) => flow?.id ?? []);
  return [
    ...draft.activities.flatMap((activity, index) => [
      ...unknownFlow(flows, activity?.checklist, ['activities', index, 'checklist']),
      ...unknownFlow(flows, activity?.report, ['activities', index, 'report']),
      ...namelessChecklist(draft, activity?.checklist, ['activities', index, 'checklist']),
    ]),
    ...unknownFlow(flows, draft.survey, ['survey']),
    ...surveyProblems(draft),
    ...draft.flows.flatMap((flow, index) =>
      flow ? questionProblems(flow, ['flows', index, 'questions']) : [],
    ),
  ];
}

function unknownFlow(flows: readonly string[], id: string | undefined, path: Path): Problem[] {
  if (id === undefined || id === '' || flows.includes(id)) return [];
  return [unknownName(path, 'fault.unknown-flow', id, () => nearest(id, flows))];
}

const questionTypes: ReadonlySet<string> = new Set(Question.options.map(({ shape }) => shape.type.value));

/** What citizens answer is kept as ratings: of nobody, and each with one of the five levels (国办发〔2019〕51号). */
function surveyProblems({ flows, survey }: Draft): Problem[] {
  const index = flows.findIndex((flow) => flow !== undefined && survey !== undefined && flow.id === survey);
  const flow = flows[index];
  if (flow === undefined) return [];
  const level = flow.questions.find((question) => question?.type === 'level');
  const isAsked = level !== undefined && level.relevant === undefined && level.required !== false;
  // A question whose type can't be read is told of already, and may be the one.
  const isUnread = level === undefined && flow.questions.some((one) => !questionTypes.has(one?.type ?? ''));
  return [
    ...flow.questions.flatMap((question, place) =>
      question?.type === 'photo' || question?.type === 'place'
        ? [problem(['flows', index, 'questions', place, 'type'], 'fault.survey-shows')]
        : [],
    ),
    ...(flow.anonymous === true ? [] : [problem(['flows', index], 'fault.survey-named')]),
    ...(isAsked || isUnread ? [] : [problem(['flows', index, 'questions'], 'fault.survey-no-level')]),
  ];
}

/** A checklist's visits count for a unit and its findings have a reporter: it can't be anonymous. */
function namelessChecklist({ flows }: Draft, id: string | undefined, path: Path): Problem[] {
  const isAnonymous = flows.some((flow) => id !== undefined && flow?.id === id && flow.anonymous === true);
  return isAnonymous ? [problem(path, 'fault.checklist-anonymous', { name: shown(id ?? '') })] : [];
}

function questionProblems({ questions }: DraftFlow, path: Path): Problem[] {
  return questions.flatMap((question, index) =>
    question
      ? [
          ...countsProblems(question, [...path, index, 'counts']),
          ...conditionProblems(questions, index, [...path, index]),
          ...limitProblems(question, [...path, index]),
          ...sentenceProblems(question, [...path, index, 'problem']),
          ...evidenceProblems(questions, index, [...path, index, 'evidenceOf']),
        ]
      : [],
  );
}

/** Counts stand behind a share: of minutes or of whole percents there are none. */
function countsProblems({ counts, unit, integer }: DraftQuestion, path: Path): Problem[] {
  const isShare = unit === 'percent' && integer !== true;
  return counts === undefined || isShare ? [] : [problem(path, 'fault.counts-unit')];
}

/** Marks that nothing would be written in place of, and would be read as they stand. */
function sentenceProblems({ type, problem: sentence }: DraftQuestion, path: Path): Problem[] {
  if (sentence === undefined) return [];
  const marks = languages.flatMap((language) => inLanguage(sentence, language).match(/\{\{.*?\}\}/gu) ?? []);
  const known = type === 'choice' || type === 'choices' ? chosenMark : null;
  const unknown = marks.find((mark) => mark !== known);
  return unknown === undefined
    ? []
    : [problem(path, 'fault.unknown-mark', { mark: shown(unknown), chosen: chosenMark })];
}

/** Limits that no answer can keep. */
function limitProblems({ type, min, max, options, earliest, latest }: DraftQuestion, path: Path): Problem[] {
  const most = max ?? (type === 'choices' ? options?.length : undefined);
  return [
    ...(min !== undefined && most !== undefined && min > most
      ? [problem([...path, 'min'], 'fault.min-over-max', { min, max: most })]
      : []),
    ...(type === 'choices' && max !== undefined && options && max > options.length
      ? [problem([...path, 'max'], 'fault.max-over-options', { max, count: options.length })]
      : []),
    ...(earliest && latest && earliest > latest
      ? [
          problem([...path, 'earliest'], 'fault.min-over-max', {
            min: { date: earliest },
            max: { date: latest },
          }),
        ]
      : []),
  ];
}

/** Photos must be evidence of an earlier question that can show a problem. */
function evidenceProblems(questions: DraftFlow['questions'], index: number, path: Path): Problem[] {
  return (questions[index]?.evidenceOf ?? []).flatMap((id, place) => {
    const asked = questions.findIndex((one) => id !== undefined && one?.id === id);
    if (id === undefined || (asked >= 0 && asked < index && questions[asked]?.expect)) return [];
    if (asked < 0) return [problem([...path, place], 'fault.unknown-question', { name: shown(id) })];
    return [problem([...path, place], asked >= index ? 'fault.later-question' : 'fault.no-expect', { id })];
  });
}

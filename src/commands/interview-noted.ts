import { z } from 'zod';
import { type Place, placesCalled } from '../campaign/places.ts';
import { type RegisteredPlace, registerOf } from '../conversation/survey-codes.ts';
import { describe } from '../flow/describe.ts';
import { commentQuestionOf, readInterviewLine } from '../flow/interview-line.ts';
import { holdsNumber } from '../flow/personal-numbers.ts';
import { isRelevant } from '../flow/route.ts';
import type { Line, Param } from '../flow/say.ts';
import { inLanguage, languages } from '../flow/text.ts';
import { Values } from '../flow/value.ts';
import type { CommandContext } from './command.ts';
import { wordsOf } from './interview-keep.ts';
import type { InterviewSurvey } from './interview-survey.ts';
import { holdsOddCount, levelsIn } from './interview-words.ts';

/** One citizen who was asked, as it was noted for a task. */
export const NotedInterview = z.object({
  taskId: z.string(),
  level: z.int().min(1).max(5),
  /** Answers beside the level and the free words. */
  values: Values,
  /** The window of the register; null when none was named, or none is called so. */
  unitId: z.string().nullable(),
  /** What the window is called, or was. */
  place: z.string().nullable(),
  comment: z.string(),
});
export type NotedInterview = z.infer<typeof NotedInterview>;

/** What was told in lines: what could be read of it, and why the rest could not. `at`: the line, from 1. */
export interface ReadLines {
  noted: NotedInterview[];
  unread: { at: number; why: Line }[];
}

/** Reads lines as interviews of a task; several levels in one line are several people. */
export async function readNoted(
  context: CommandContext,
  task: { id: string; targetId: string },
  survey: InterviewSurvey,
  lines: readonly string[],
): Promise<ReadLines> {
  const placeOf = await placesOf(context, task, survey);
  const read: ReadLines = { noted: [], unread: [] };
  for (const [index, words] of lines.entries()) {
    const levels = levelsIn(words);
    if (levels !== null) read.noted.push(...levels.map((level) => ({ ...nothing, taskId: task.id, level })));
    else if (holdsOddCount(words))
      read.unread.push({
        at: index + 1,
        why: { key: 'modes:interview.count', params: { words: short(words) } },
      });
    else {
      const one = readOne(context, survey, words, { ...nothing, taskId: task.id, level: null }, placeOf);
      if ('why' in one) read.unread.push({ at: index + 1, why: one.why });
      else read.noted.push(one);
    }
  }
  return read;
}

/** One interview with what a correction says put in its place. */
export async function correctedBy(
  context: CommandContext,
  task: { id: string; targetId: string },
  survey: InterviewSurvey,
  before: NotedInterview,
  words: string,
): Promise<NotedInterview | { why: Line }> {
  return readOne(context, survey, words, before, await placesOf(context, task, survey));
}

const nothing = { values: {}, unitId: null, place: null, comment: '' };

type PlaceOf = (said: string) => { unitId: string | null; place: string };

function readOne(
  { at }: CommandContext,
  { flow, campaign, level: question }: InterviewSurvey,
  words: string,
  before: Omit<NotedInterview, 'level'> & { level: number | null },
  placeOf: PlaceOf,
): NotedInterview | { why: Line } {
  if (holdsNumber(words)) return { why: { key: 'modes:interview.personal' } };
  const read = readInterviewLine(flow, words, { at, zone: campaign.zone }, before.level);
  if (read.kind === 'doubt')
    return { why: { key: 'modes:interview.doubt', params: { words: short(read.words) } } };
  const { line } = read;
  const level = line.level ?? before.level;
  if (level === null) return { why: { key: 'modes:interview.how' } };
  const values = { ...before.values, ...line.values };
  // Reasons of somebody who was not dissatisfied after all.
  for (const one of flow.questions)
    if (values[one.id] !== undefined && !isRelevant(one, { ...values, [question]: level }))
      delete values[one.id];
  const noted = {
    ...before,
    ...{ level, values },
    ...(line.place === null ? {} : placeOf(line.place)),
    comment: line.comment !== '' || line.isSilent ? line.comment : before.comment,
  };
  const max = commentQuestionOf(flow)?.max;
  if (max !== undefined && [...wordsOf(noted)].length > max)
    return { why: { key: 'modes:interview.too-long', params: { max } } };
  return noted;
}

/** Finds windows below what the task inspects; elsewhere nobody was asked. */
async function placesOf(
  { run, turn }: CommandContext,
  { targetId }: { targetId: string },
  { campaign }: InterviewSurvey,
): Promise<PlaceOf> {
  const register = await registerOf(run, campaign.id);
  const target = register.find(({ unitId }) => unitId === targetId);
  const inside =
    target === undefined ? [] : register.filter((one) => one === target || isBelow(register, one, target));
  return (said) => {
    for (const name of namesOf(said)) {
      const called = placesCalled(inside, `${target?.id ?? ''} ${name}`);
      const [place, another] = called.kind === 'places' ? called.places : [];
      if (place === undefined || another !== undefined || place === target) continue;
      return { unitId: place.unitId, place: inLanguage(place.name, turn.contact.language ?? languages[0]) };
    }
    return { unitId: null, place: said };
  };
}

function isBelow(register: readonly RegisteredPlace[], place: Place, above: Place): boolean {
  let at = register.find(({ id }) => id === place.parent);
  // A register is a tree, no deeper than it has members.
  for (let steps = 0; at !== undefined && steps < register.length; steps += 1) {
    if (at.id === above.id) return true;
    const { parent } = at;
    at = register.find(({ id }) => id === parent);
  }
  return false;
}

/** 窗口3, 3号 and window 3 are 3号窗口 too. */
function namesOf(said: string): string[] {
  const number =
    /^(?:窗口|柜台|window|counter|desk|booth)?\s*(?:no\.?\s*)?#?([a-z]?\d+)号?(?:窗口?|柜台)?$/iu.exec(
      said,
    )?.[1];
  return number === undefined ? [said] : [said, `${number}号窗口`, `${number}号`, `Window ${number}`];
}

/** All of them, from a place on; the same of several in a row is one line: `2—4. 满意、无意见`. */
export function notedLines(survey: InterviewSurvey, noted: readonly NotedInterview[], from = 1): Line[] {
  const lines: Line[] = [];
  for (let first = 0; first < noted.length; ) {
    const one = noted[first];
    if (one === undefined) break;
    const said = JSON.stringify(one);
    let last = first;
    while (last + 1 < noted.length && JSON.stringify(noted[last + 1]) === said) last += 1;
    const at = first === last ? from + first : `${from + first}—${from + last}`;
    lines.push(notedLine(survey, one, at));
    first = last + 1;
  }
  return lines;
}

/** `2. 不满意、3号窗口、等候20分钟、意见“…”`. */
export function notedLine({ flow }: InterviewSurvey, noted: NotedInterview, at: number | string): Line {
  const { level, values, place, unitId, comment } = noted;
  const parts: Param[] = [{ key: `flow:level.${level as 1 | 2 | 3 | 4 | 5}` }];
  if (place !== null)
    parts.push(unitId === null ? { key: 'modes:interview.part.place', params: { place } } : place);
  for (const question of flow.questions) {
    const value = values[question.id];
    if (value === undefined) continue;
    const told = describe(question, value);
    parts.push(
      question.type === 'number' ? { key: 'modes:interview.part.wait', params: { time: told } } : told,
    );
  }
  const hasQuestion = commentQuestionOf(flow) !== undefined;
  if (comment === '') parts.push({ key: 'modes:interview.part.silent' });
  else
    parts.push({
      key: hasQuestion ? 'modes:interview.part.words' : 'modes:interview.part.lost',
      params: { words: comment },
    });
  return { key: 'modes:interview.row', params: { at, parts: { list: parts } } };
}

const shortMax = 20;

function short(words: string): string {
  return [...words].slice(0, shortMax).join('');
}

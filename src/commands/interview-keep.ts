import { dateOf } from '../campaign/instant.ts';
import { commentQuestionOf } from '../flow/interview-line.ts';
import type { Line, Param } from '../flow/say.ts';
import { interviewsOf, keepRatings } from '../store/ratings.ts';
import type { CommandContext } from './command.ts';
import type { NotedInterview } from './interview-noted.ts';
import type { InterviewSurvey } from './interview-survey.ts';
import type { OwnAssignment } from './own-assignments.ts';

type Task = Pick<OwnAssignment, 'id' | 'number' | 'targetId'>;

/**
 * Keeps interviews as ratings of the window, or of what the task inspects, on this day: of the citizens nothing else.
 * @returns what is told: how many, and how they rated
 */
export async function keepNoted(
  { run, at }: CommandContext,
  task: Task,
  { campaign, flow, level: question }: InterviewSurvey,
  noted: readonly Omit<NotedInterview, 'taskId'>[],
): Promise<Line> {
  const comment = commentQuestionOf(flow);
  const day = dateOf(at, campaign.zone);
  await keepRatings(
    run,
    noted.map((one) => {
      const words = wordsOf(one);
      return {
        ...{ campaignId: campaign.id, flowId: flow.id, flowVersion: flow.version, day },
        ...{ matter: null, marks: [], receipt: null, words: null, opening: null },
        source: 'interview' as const,
        interviewFor: task.id,
        unitId: one.unitId ?? task.targetId,
        level: one.level,
        answers: {
          ...one.values,
          [question]: one.level,
          ...(words === '' || comment === undefined ? {} : { [comment.id]: words }),
        },
      };
    }),
  );
  const levels = noted.map(({ level }) => level);
  const params = {
    level: { list: tallied(levels) },
    number: task.number,
    count: await interviewsOf(run, task.id),
  };
  if (levels.length > 1)
    return { key: 'modes:interview.done.several', params: { ...params, people: levels.length } };
  const hasWords = comment !== undefined && noted.some((one) => wordsOf(one) !== '');
  return { key: hasWords ? 'modes:interview.done.words' : 'modes:interview.done', params };
}

/** The free words, before them a window that no register knows. */
export function wordsOf({
  place,
  unitId,
  comment,
}: Pick<NotedInterview, 'place' | 'unitId' | 'comment'>): string {
  return [unitId === null ? place : null, comment].filter((one) => one !== null && one !== '').join('；');
}

/** The levels, the best first, with how many gave each where that is more than one. */
function tallied(levels: readonly number[]): Param[] {
  return [...new Set(levels)]
    .sort((one, other) => other - one)
    .map((level): Param => {
      const name = { key: `flow:level.${level as 1 | 2 | 3 | 4 | 5}` } as const;
      const people = levels.filter((one) => one === level).length;
      return levels.length === 1 ? name : { key: 'modes:interview.tally', params: { level: name, people } };
    });
}

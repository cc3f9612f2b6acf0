import { isKeptHome } from '../campaign/abroad.ts';
import { dateOf } from '../campaign/instant.ts';
import type { Flow } from '../flow/definition.ts';
import { type LevelQuestion, readLevel } from '../flow/questions/level.ts';
import type { TextQuestion } from '../flow/questions/text.ts';
import type { Line, Param } from '../flow/say.ts';
import { insertRatings, interviewsOf } from '../store/ratings.ts';
import type { Command, CommandContext } from './command.ts';
import { openTask, taskMarked } from './open-task.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { surveyFlow } from './survey-flow.ts';

/**
 * 访谈: what a citizen said who was asked at random on the spot, as one rating with its own source mark (JX-3.2 item 7; 现场访谈
 * of JX-4.5). The message is not kept, as it holds a citizen's words; of the citizen nothing is asked.
 */
export const interview: Command = {
  name: 'interview',
  words: { 'zh-CN': ['访谈', '访问群众'], en: ['interview'] },
  takes: 'words',
  bare: true,
  help: 'modes:interview.line',
  run: async (context, rest) => {
    context.writes.handled.push({
      seq: context.turn.seq,
      forget: true,
      files: context.turn.attachments.length > 0,
    });
    const said = readSaid(rest);
    if (said === null) return context.reply({ key: 'modes:interview.how' });
    // Eleven digits of a phone, eighteen of an identity card: no figure that a citizen tells is as long (DOMAIN 2.10).
    if (/\d[\d\s-]{5,}\d/u.test(said.comment)) return context.reply({ key: 'modes:interview.personal' });
    const task = await openTask(context, said.number, {
      none: 'modes:interview.no-task',
      which: 'modes:interview.which',
    });
    if (task === null) return;
    context.reply(await keep(context, task, said));
  },
};

/** One person's level and what was said beside it, or the levels of several. `number`: the task, where it was given. */
interface Said {
  number: number | null;
  levels: number[];
  comment: string;
}

/** People that one message tells of. */
const peopleMax = 50;

const parts = /^([^\s,，;；:：。]+(?:\s+(?:satisfied|dissatisfied))?)[\s,，;；:：。]*([\s\S]*)$/i;
const question: LevelQuestion = { type: 'level', id: 'level', label: '', required: true };

/** `不满意 等了40分钟` of one, `满意 满意 不满意` or `满意3人、不满意1人` of several; null without a level. */
function readSaid(rest: string): Said | null {
  const { number, words } = taskMarked(rest);
  const several = levelsIn(words);
  if (several !== null) return { number, levels: several, comment: '' };
  const [, first = '', comment = ''] = parts.exec(words) ?? [];
  const level = levelIn(first);
  return level === null ? null : { number, levels: [level], comment: comment.trim() };
}

const counted = /^(?:(\d{1,2})\s*[人名位]\s*)?(.*?)(?:\s*(\d{1,2})\s*[人名位]?)?$/u;

/** The levels of more than one person, when nothing else was said. */
function levelsIn(words: string): number[] | null {
  const said = words
    .normalize('NFKC')
    .split(/[,、;；。]+|(?<=[\u3400-\u9fff])\s+(?!\d)/u)
    .filter((part) => part !== '');
  const levels: number[] = [];
  for (const part of said) {
    const [, before, word = '', after] = counted.exec(part) ?? [];
    const level = levelIn(word);
    if (level === null || (before !== undefined && after !== undefined)) return null;
    levels.push(...Array.from({ length: Number(before ?? after ?? 1) }, () => level));
  }
  return levels.length > 1 && levels.length <= peopleMax ? levels : null;
}

/** A bare number is no level: nobody saw a list that it could be a line of. */
function levelIn(word: string): number | null {
  if (word === '' || /^\d+$/.test(word.normalize('NFKC'))) return null;
  const reading = readLevel(question, { kind: 'text', text: word, attachments: [], addressed: true }, true);
  return reading.kind === 'value' ? reading.value : null;
}

async function keep(context: CommandContext, task: OwnAssignment, said: Said): Promise<Line> {
  const { run, library, turn, at } = context;
  const campaign = await library.campaign(task.campaignId);
  const survey = await surveyFlow(context, campaign.code);
  if (survey === null) return { key: 'modes:interview.no-survey' };
  if (isKeptHome(campaign, survey.id, turn.channel)) return { key: 'modes:interview.kept-home' };
  const flow = await library.flow(survey.id, survey.version);
  const level = flow.questions.find(({ type }) => type === 'level');
  const comment = commentOf(flow);
  if (level === undefined) return { key: 'modes:interview.no-survey' };
  const length = [...said.comment].length;
  if (comment !== undefined && length > comment.max)
    return { key: 'modes:interview.too-long', params: { max: comment.max } };
  const keepsWords = comment !== undefined && length > 0;
  const words = keepsWords ? { [comment.id]: said.comment } : {};
  const about = { campaignId: task.campaignId, flowId: survey.id, flowVersion: survey.version };
  await insertRatings(
    run,
    said.levels.map((given) => ({
      ...about,
      ...{ unitId: null, matter: null, marks: [], receipt: null, words: null },
      source: 'interview' as const,
      interviewFor: task.id,
      day: dateOf(at, campaign.zone),
      level: given,
      answers: { [level.id]: given, ...words },
    })),
  );
  const params = {
    level: { list: tallied(said.levels) },
    number: task.number,
    count: await interviewsOf(run, task.id),
  };
  if (said.levels.length > 1)
    return { key: 'modes:interview.done.several', params: { ...params, people: said.levels.length } };
  return { key: keepsWords ? 'modes:interview.done.words' : 'modes:interview.done', params };
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

/** Where the survey keeps free words. */
function commentOf({ questions }: Flow): TextQuestion | undefined {
  return questions.find((one) => one.type === 'text');
}

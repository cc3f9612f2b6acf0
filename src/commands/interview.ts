import { isKeptHome } from '../campaign/abroad.ts';
import type { Flow } from '../flow/definition.ts';
import { type LevelQuestion, readLevel } from '../flow/questions/level.ts';
import type { TextQuestion } from '../flow/questions/text.ts';
import type { Line } from '../flow/say.ts';
import { interviewsOf, recordInterview } from '../store/interviews.ts';
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
  allowed: ['inspector'],
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

/** A level and what was said beside it. `number`: the task, where it was given. */
interface Said {
  number: number | null;
  level: number;
  comment: string;
}

const parts = /^([^\s,，;；:：。]+(?:\s+(?:satisfied|dissatisfied))?)[\s,，;；:：。]*([\s\S]*)$/i;
const question: LevelQuestion = { type: 'level', id: 'level', label: '', required: true };

/** `不满意 等了40分钟`; null without a level. A bare number is none: nobody saw a list that it could be a line of. */
function readSaid(rest: string): Said | null {
  const { number, words } = taskMarked(rest);
  const [, first = '', comment = ''] = parts.exec(words) ?? [];
  if (first === '' || /^\d+$/.test(first.normalize('NFKC'))) return null;
  const reading = readLevel(question, { kind: 'text', text: first, attachments: [], addressed: true }, true);
  return reading.kind === 'value' ? { number, level: reading.value, comment: comment.trim() } : null;
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
  await recordInterview(run, {
    campaignId: task.campaignId,
    flowId: survey.id,
    flowVersion: survey.version,
    assignmentId: task.id,
    values: { [level.id]: said.level, ...(keepsWords ? { [comment.id]: said.comment } : {}) },
    at,
  });
  const params = {
    level: { key: `flow:level.${said.level as 1 | 2 | 3 | 4 | 5}` } as const,
    number: task.number,
    count: await interviewsOf(run, task.id),
  };
  return { key: keepsWords ? 'modes:interview.done.words' : 'modes:interview.done', params };
}

/** Where the survey keeps free words. */
function commentOf({ questions }: Flow): TextQuestion | undefined {
  return questions.find((one) => one.type === 'text');
}

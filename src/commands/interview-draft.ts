import { z } from 'zod';
import { replyRow } from '../conversation/outcome.ts';
import type { Line } from '../flow/say.ts';
import { type DraftPlace, draftOf, dropDraft, putDraft, shownKey } from '../store/interview-drafts.ts';
import type { CommandContext } from './command.ts';
import { keepNoted } from './interview-keep.ts';
import { correctedBy, NotedInterview, notedLine, notedLines, readNoted } from './interview-noted.ts';
import { type InterviewSurvey, interviewIn } from './interview-survey.ts';
import { peopleMax, type Said } from './interview-words.ts';
import { type OwnAssignment, ownAssignments } from './own-assignments.ts';

/** What waits to be confirmed, all of one task. It is kept sealed. */
const Draft = z.object({ taskId: z.string(), noted: z.array(NotedInterview).min(1).max(peopleMax) });
type Draft = z.infer<typeof Draft>;

/** Adds lines to what waits to be confirmed, and shows how they were read. */
export async function addNoted(
  context: CommandContext,
  task: OwnAssignment,
  survey: InterviewSurvey,
  lines: readonly string[],
): Promise<void> {
  const waiting = await loadDraft(context);
  if (waiting !== null && waiting.taskId !== task.id) {
    const number = (await taskOf(context, waiting.taskId))?.number ?? 0;
    return context.reply({
      key: 'modes:interview.other-task',
      params: { count: waiting.noted.length, number },
    });
  }
  const before = waiting?.noted ?? [];
  const { noted, unread } = await readNoted(context, task, survey, lines);
  const [only] = unread;
  if (noted.length === 0 && lines.length === 1 && only !== undefined) return context.reply(only.why);
  const all = [...before, ...noted];
  if (all.length > peopleMax)
    return context.reply({ key: 'modes:interview.too-many', params: { max: peopleMax } });
  const faults = unread.map(
    ({ at, why }): Line => ({ key: 'modes:interview.unread', params: { at, why: 'key' in why ? why : '' } }),
  );
  if (noted.length === 0) return context.reply(...faults);
  const rows = notedLines(survey, noted, before.length + 1);
  await show(context, { taskId: task.id, noted: all }, task, [...rows, ...faults]);
}

/** `第2条 不满意`: what is said takes the place of what was; 删除 takes the line away. */
export async function correctNoted(
  context: CommandContext,
  said: Extract<Said, { do: 'correct' }>,
): Promise<void> {
  const found = await waitingHere(context);
  if (found === null) return;
  const { draft, task, survey } = found;
  const before = draft.noted[said.at - 1];
  if (before === undefined)
    return context.reply({
      key: 'modes:interview.no-line',
      params: { at: said.at, count: draft.noted.length },
    });
  if (removed.test(said.words)) {
    const noted = draft.noted.filter((one) => one !== before);
    if (noted.length === 0) return callOff(context, null);
    const rows = notedLines(survey, noted);
    return show(context, { ...draft, noted }, task, rows);
  }
  const after = await correctedBy(context, task, survey, before, said.words);
  if ('why' in after) return context.reply(after.why);
  const noted = draft.noted.map((one) => (one === before ? after : one));
  await show(context, { ...draft, noted }, task, [notedLine(survey, after, said.at)]);
}

const removed = /^(?:删除?|删掉|去掉|不要了?|作废|delete|remove|drop)[。.!！]*$/iu;

/** 确认: what waits is kept as ratings, and nothing is left of it here. `id`: of the button that was tapped. */
export async function confirmNoted(context: CommandContext, id: string | null): Promise<void> {
  const found = await waitingHere(context);
  if (found === null) return;
  const { draft, task, survey } = found;
  if (id !== null && id !== draft.id) {
    // Lines were added or corrected after that message.
    const rows = notedLines(survey, draft.noted);
    return show(context, draft, task, rows);
  }
  const done = await keepNoted(context, task, survey, draft.noted);
  await dropDraft(context.run, placeOf(context));
  context.reply(done);
}

/** 取消: nothing of it is kept. A tap on an older message calls nothing off that came later. */
export async function callOff(context: CommandContext, id: string | null): Promise<void> {
  const draft = await loadDraft(context);
  if (draft === null || (id !== null && id !== draft.id))
    return context.reply({ key: 'modes:interview.gone' });
  await dropDraft(context.run, placeOf(context));
  context.reply({ key: 'modes:interview.called-off', params: { count: draft.noted.length } });
}

/** What waits here, with its task while that is open; null when there is none, which was answered. */
async function waitingHere(context: CommandContext) {
  const draft = await loadDraft(context);
  if (draft === null) {
    context.reply({ key: 'modes:interview.gone' });
    return null;
  }
  const task = await taskOf(context, draft.taskId);
  const survey = task === undefined ? null : await interviewIn(context, task.campaignId);
  if (task !== undefined && survey !== null && !('key' in survey)) return { draft, task, survey };
  await dropDraft(context.run, placeOf(context));
  context.reply(survey !== null && 'key' in survey ? survey : { key: 'modes:interview.no-task' });
  return null;
}

async function taskOf(context: CommandContext, id: string): Promise<OwnAssignment | undefined> {
  return (await ownAssignments(context)).find((one) => one.id === id && one.reportedAt === null);
}

async function loadDraft(context: CommandContext): Promise<(Draft & { id: string }) | null> {
  const row = await draftOf(context.run, placeOf(context), context.at);
  if (row === null) return null;
  return { ...Draft.parse(JSON.parse(context.keys.open(row.sealed))), id: row.id };
}

function placeOf({ turn }: CommandContext): DraftPlace {
  return { contactId: turn.contact.id, room: turn.room ?? '' };
}

/** Keeps the draft and shows these lines of it. The message holds citizens' words: once it was sent it is kept nowhere. */
async function show(
  context: CommandContext,
  draft: Draft,
  task: OwnAssignment,
  lines: Line[],
): Promise<void> {
  const { run, turn, at, keys, writes } = context;
  const { taskId, noted } = draft;
  const place = placeOf(context);
  const id = await putDraft(run, place, keys.seal(JSON.stringify({ taskId, noted })), at);
  const say = {
    lines: [
      ...lines,
      { key: 'modes:interview.check', params: { count: noted.length, number: task.number } } as const,
    ],
    ask: {
      target: 'command:interview',
      question: 'confirm',
      options: [
        { id: `confirm ${id}`, label: { key: 'modes:interview.confirm' } as const },
        { id: `cancel ${id}`, label: { key: 'modes:interview.cancel' } as const },
      ],
      many: false,
      numbered: false,
    },
  };
  const row = replyRow(say, { urn: turn.urn, room: turn.room, only: turn.body.slash }, turn.contact, at);
  writes.outbox.push({ ...row, key: shownKey(place, turn.seq), forget: true });
}

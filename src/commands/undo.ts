import { nextReminder } from '../campaign/reminder.ts';
import type { Line, SentenceKey } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { openAgain, pauseCampaign, resumeCampaign } from '../store/campaign-state.ts';
import { forgetDeed, lastDeed, takeBackReminders, takeBackTold, type Undo } from '../store/deeds.ts';
import { moveTaskDay } from '../store/task-days.ts';
import { addTaskEvents } from '../store/task-events.ts';
import { areBegun, giveTasksTo } from '../store/task-units.ts';
import { type Command, type CommandContext, wordOf } from './command.ts';
import { undoMinutes } from './deeds.ts';
import { daysOf } from './extend-task.ts';

/**
 * 撤销: takes back what this person did last, within ten minutes, where nobody has been told or has acted on it. What can't be
 * undone is said so, with what to do instead.
 */
export const undoOn = (all: () => Command[]): Command => ({
  name: 'undo',
  words: { 'zh-CN': ['撤销', '撤销操作'], en: ['undo'] },
  takes: null,
  bare: false,
  help: 'desk:undo.line',
  run: async (context) => {
    const { run, turn, at } = context;
    const say = (key: SentenceKey, word: Text = '') =>
      context.replyPrivately({ lines: [{ key, params: { word, minutes: undoMinutes } }] });
    const deed = await lastDeed(run, turn.contact.id);
    if (deed === null) return say('desk:undo.none');
    const command = all().find((one) => one.name === deed.command);
    const word = command === undefined ? deed.command : wordOf(command);
    if (deed.undo === null) return say('desk:undo.not', word);
    const isReminder = deed.undo.kind === 'remind';
    if (Date.parse(at) - deed.at.getTime() > undoMinutes * 60_000)
      return say(isReminder ? 'desk:undo.late.remind' : 'desk:undo.late', word);
    if (!(await mayUndo(context, deed.undo))) return say('desk:undo.begun', word);
    if (!isReminder && (await takeBackTold(run, deed.id)) > 0) return say('desk:undo.told', word);
    const line = await undoDeed(context, deed.undo, deed.at);
    if (line === 'nothing') return say('desk:undo.remind.out', word);
    await forgetDeed(run, turn.contact.id);
    const { campaignId } = deed.undo;
    const about = `command:${deed.command}`;
    context.writes.audit.push({
      at,
      by: turn.contact.id,
      kind: 'command.undone',
      campaignId,
      about,
      data: {},
    });
    context.replyPrivately({ lines: [line ?? { key: 'desk:undo.done', params: { word } }] });
  },
});

/** Whether nobody has acted on it meanwhile. */
async function mayUndo({ run }: CommandContext, undo: Undo): Promise<boolean> {
  switch (undo.kind) {
    case 'assign':
      return !(await areBegun(run, undo.tasks, undo.to));
    case 'extend': {
      // Moved on by another coordinator meanwhile: that day is theirs.
      const [row] = await run<{ open: boolean } & Parameters<typeof daysOf>[0]>(
        `SELECT reported_at IS NULL AS open, due_on AS "dueOn", report_on AS "reportOn", finish_on AS "finishOn"
         FROM assignment WHERE id = $1::uuid FOR NO KEY UPDATE`,
        [undo.task.id],
      );
      if (row?.open !== true) return false;
      const { dueOn, reportOn } = daysOf(row);
      return dueOn === undo.now.dueOn && reportOn === undo.now.reportOn;
    }
    case 'pause':
    case 'resume':
    case 'end':
    case 'remind':
      return true;
  }
}

/** @param done when it was done @returns what to say; null for the usual, `nothing` where there was nothing left to take back */
async function undoDeed(context: CommandContext, undo: Undo, done: Date): Promise<Line | 'nothing' | null> {
  const { run, at, turn } = context;
  switch (undo.kind) {
    case 'extend':
      await undoExtension(context, undo);
      return null;
    case 'assign':
      await giveTasksTo(run, undo.tasks, undo.from);
      await addTaskEvents(run, undo.tasks, {
        kind: 'undone',
        data: { from: undo.to, to: undo.from },
        ...{ at, by: turn.contact.id },
      });
      return null;
    case 'pause':
      return (await resumeCampaign(run, undo.campaignId, at)) === null ? { key: 'desk:undo.changed' } : null;
    case 'resume':
      return (await pauseCampaign(run, undo.campaignId, undo.pausedAt)) ? null : { key: 'desk:undo.changed' };
    case 'end':
      return (await openAgain(run, undo.campaignId, at)) ? null : { key: 'desk:undo.changed' };
    case 'remind': {
      const { back, out } = await takeBackReminders(run, undo.keys, done);
      if (back === 0) return 'nothing';
      const key = out === 0 ? 'desk:undo.remind.back' : 'desk:undo.remind.some';
      return { key, params: { people: back, out } };
    }
  }
}

async function undoExtension(
  { run, at, turn, library }: CommandContext,
  { campaignId, task, wasMoved }: Extract<Undo, { kind: 'extend' }>,
): Promise<void> {
  const facts = await library.campaign(campaignId);
  const [now] = await run<{ dueOn: string; given: string | null; finished: boolean }>(
    `SELECT due_on AS "dueOn", given_due AS given, finish_on IS NOT NULL AS finished FROM assignment WHERE id = $1::uuid`,
    [task.id],
  );
  const due = now?.finished === true && task.reportOn !== null ? task.reportOn : task.dueOn;
  const next = nextReminder({ dueOn: due, publishedAt: at }, facts.rules, facts.calendar, at);
  await moveTaskDay(
    run,
    { ...task, remindAt: next.at, given: wasMoved ? (now?.given ?? null) : null },
    { kind: 'undone', from: now?.dueOn ?? '', to: due, reason: '', at, by: turn.contact.id },
  );
}

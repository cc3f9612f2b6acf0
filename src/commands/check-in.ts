import type { Mode } from '../campaign/activities/activity.ts';
import { begin } from '../conversation/begin.ts';
import { counted, counters, does } from '../conversation/mode-words.ts';
import { windowOf } from '../conversation/review.ts';
import { nameOf } from '../conversation/take-up.ts';
import type { Line } from '../flow/say.ts';
import { openSessionsOf, type PlacedSession } from '../store/forms.ts';
import type { Command, CommandContext } from './command.ts';
import { assignmentEvent, chooseAssignment } from './own-assignments.ts';
import { isOverheard, placeFor } from './private.ts';
import { visitDayRefusal } from './visit-day.ts';

/** 签到: the inspector is at a window and starts its checklist; one checklist a window. */
export const checkIn: Command = {
  name: 'checkin',
  words: { 'zh-CN': ['签到', '开始检查'], en: ['check in', 'checkin'] },
  takes: /#?\d{1,9}号?/,
  allowed: ['inspector', 'leader'],
  bare: true,
  help: 'commands:checkin.line',
  run: async (context, rest) => {
    const { turn, at, writes, library } = context;
    const open = await openSessionsOf(context.run, turn.contact.id);
    // A hidden one is not named where others read along.
    const unfinished = open.find(
      ({ assignmentId, secret }) => assignmentId !== null && (secret === null || !isOverheard(context)),
    );
    if (unfinished !== undefined) return context.reply(await unfinishedLine(context, unfinished));
    const task = await chooseAssignment(context, {
      command: 'checkin',
      rest,
      fits: (one) => one.reportedAt === null,
      none: 'commands:checkin.reported',
      which: 'commands:checkin.which',
    });
    if (task === null) return;
    if (task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    const notNow = elsewhere(task.mode) ?? (await visitDayRefusal(context, task));
    if (notNow !== null) return context.reply(notNow);
    if (task.visitsDone >= task.visitsMax)
      return context.reply({
        key: 'conversation:visits.full',
        params: { done: counted(task.mode, task.visitsDone), max: task.visitsMax, ...counters(task.mode) },
      });
    const place = placeFor(context, task);
    if (place.room !== turn.room) context.reply({ key: 'conversation:answered.privately' });
    await context.transaction.assignment.updateMany({
      where: { id: task.id, acknowledgedAt: null },
      data: { acknowledgedAt: at },
    });
    writes.audit.push(assignmentEvent(context, task, 'checked-in', { visit: task.visitsDone + 1 }));
    await begin(
      library,
      {
        ...task,
        assignmentId: task.id,
        unitId: task.targetId,
        person: turn.contact,
        place,
        at,
        others: turn.sessions,
        opening: [
          {
            key: 'commands:checkin.opening',
            params: {
              does: does(task.mode, task.targetName),
              visit: task.visitsDone + 1,
              min: task.visitsMin,
              max: task.visitsMax,
              ...counters(task.mode),
            },
          },
        ],
      },
      writes,
    );
  },
};

/** Records that begin with what they are about have a command of their own (JX-1.2, MDJ-1.3). */
function elsewhere(mode: Mode): Line | null {
  if (mode === 'accompany') return { key: 'modes:claim.how' };
  return mode === 'walkthrough' ? { key: 'modes:matters.how.walk' } : null;
}

/** The checklist that is open already, here or elsewhere: one at a time, and it is named. */
async function unfinishedLine({ library, turn }: CommandContext, form: PlacedSession): Promise<Line> {
  const flow = await library.flow(form.flowId, form.flowVersion);
  const params = { window: windowOf(flow, form.state), place: nameOf(form) };
  if (form.room === (turn.room ?? '')) return { key: 'commands:checkin.unfinished', params };
  return {
    key: turn.room === null ? 'commands:checkin.unfinished.elsewhere' : 'commands:checkin.unfinished.there',
    params,
  };
}

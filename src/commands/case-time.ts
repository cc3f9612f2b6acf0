import { type CaseTime, readCaseTime } from '../campaign/indicators.ts';
import { addCaseTimes, caseTimesOf, takeBackCaseTimes } from '../store/case-times.ts';
import { assignmentEvent } from './assignment-event.ts';
import type { Command, CommandContext } from './command.ts';
import { indicatorLines } from './indicator-lines.ts';
import { openTask, taskMarked } from './open-task.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { isOverheard } from './private.ts';

/** Cases that one message gives. */
const casesMax = 50;

const back = /^(?:撤回|撤销|undo)$/i;

/** 时限: how long cases took beside what is promised and what the law allows, for the indicators of HZ-13; one a line. */
export const caseTime: Command = {
  name: 'times',
  words: { 'zh-CN': ['时限', '登记时限'], en: ['times'] },
  takes: 'words',
  bare: true,
  help: 'modes:times.line',
  run: async (context, rest) => {
    const { number, words } = taskMarked(rest);
    const lines = words.split(/[\n;；]+/u).filter((line) => line.trim() !== '');
    const isBack = back.test(words);
    const cases = isBack ? [] : lines.map(readCaseTime);
    const unread = cases.indexOf(null);
    if (!isBack && lines.length === 0) return context.reply({ key: 'modes:times.how' });
    if (unread !== -1)
      return context.reply(
        { key: 'modes:times.unread', params: { line: [...(lines[unread] ?? '')].slice(0, 60).join('') } },
        { key: 'modes:times.how' },
      );
    const slow = cases.findIndex((one) => one !== null && one.promised > one.statutory);
    if (slow !== -1)
      return context.reply({
        key: 'modes:times.slower-than-law',
        params: { line: [...(lines[slow] ?? '')].slice(0, 60).join('') },
      });
    if (cases.length > casesMax)
      return context.reply({ key: 'modes:times.too-many', params: { max: casesMax } });
    const task = await openTask(context, number, { none: 'modes:times.no-task', which: 'modes:times.which' });
    if (task === null) return;
    const { run, turn, at } = context;
    if (isBack) return takeBack(context, task);
    const given = cases.filter((one): one is CaseTime => one !== null);
    await addCaseTimes(run, { assignmentId: task.id, contactId: turn.contact.id, seq: turn.seq, at }, given);
    context.writes.audit.push(assignmentEvent(context, task, 'times-recorded', { count: given.length }));
    const all = await caseTimesOf(run, [task.id]);
    context.reply(
      { key: 'modes:times.done', params: { count: given.length, number: task.number, total: all.length } },
      ...indicatorLines(all, isOverheard(context)),
    );
  },
};

async function takeBack(context: CommandContext, task: OwnAssignment): Promise<void> {
  const count = await takeBackCaseTimes(context.run, task.id, context.turn.contact.id);
  // The rows are gone, and with them what the indicators counted: that much stays.
  if (count > 0) context.writes.audit.push(assignmentEvent(context, task, 'times-taken-back', { count }));
  const params = { count, number: task.number };
  context.reply({ key: count === 0 ? 'modes:times.back.none' : 'modes:times.back', params });
}

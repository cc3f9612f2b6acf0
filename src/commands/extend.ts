import { addDays } from '../campaign/day.ts';
import { dueOf } from '../campaign/rectification/record.ts';
import { notOrdered } from '../campaign/rectification.ts';
import type { Command, CommandContext } from './command.ts';
import { dayAndWords } from './day-and-words.ts';
import { extendOne } from './extend-task.ts';
import { extendTaskForm } from './forms/extend-task.ts';
import { coordinators, lineAbout, moveOrTell, problemMeant, tell, tellRefused } from './ledger-finding.ts';
import { unitsAs } from './own-assignments.ts';

/**
 * 延期: the unit asks for more time, at least one workday before the due day: `延期 12 7月20日 设备未到货`. A coordinator gives it, to a
 * task.
 */
export const extend: Command = {
  name: 'extend',
  words: { 'zh-CN': ['延期', '申请延期'], en: ['extend', 'more time'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:extend.line',
  // Of a unit there may be one problem that it can only be about.
  form: async (context) => (givesTime(context) ? { form: extendTaskForm } : null),
  run: async (context, rest) => {
    // A coordinator's own tasks have numbers too; whoever answers for a unit asks for time to put a problem right.
    if (/^(?:任务|task)/iu.test(rest.trim()) || givesTime(context)) return extendOne(context, rest);
    const meant = await problemMeant(context, rest, 'ledger:extend.how');
    if (meant === null) return;
    const { number, record, campaignId } = meant.finding;
    if (record === null) return tellRefused(context, meant.finding, notOrdered(meant.who, { number }));
    const { zone } = await context.library.campaign(campaignId);
    const at = { at: context.at, zone };
    const read = dayAndWords(meant.words, at);
    // Of several days that may be meant, the one that asks for more time at all.
    const later = read.candidates.filter((day) => day >= addDays(dueOf(record.task), 1));
    const until = read.day ?? (later.length === 1 ? later[0] : undefined);
    if (until === undefined)
      return context.replyPrivately({ lines: [{ key: 'ledger:extend.no-day', params: { number } }] });
    const reason = read.words;
    const finding = await moveOrTell(context, meant, { kind: 'ask-extension', until, reason });
    if (finding === null) return;
    const days = { due: { date: dueOf(finding.record.task) }, until: { date: until } };
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:extend.done', days)] });
    await tell(context, finding, await coordinators(context, finding), {
      step: 'extension',
      lines: [
        lineAbout(finding, 'ledger:extend.told', days),
        { key: 'ledger:reason', params: { reason } },
        { key: 'ledger:extend.decide', params: { number } },
      ],
      tap: {
        command: 'grant',
        options: [
          { id: String(number), label: { key: 'ledger:tap.grant' } },
          { id: `${number} refuse`, label: { key: 'ledger:tap.refuse' } },
        ],
      },
    });
  },
};

/** Whoever answers for a unit asks for time, and does not give it. */
function givesTime(context: CommandContext): boolean {
  return unitsAs(context, 'liaison', 'leader').length === 0;
}

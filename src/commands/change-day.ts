import { dateOf } from '../campaign/instant.ts';
import { dueOf } from '../campaign/rectification/record.ts';
import { taskLine } from '../conversation/order-notice.ts';
import type { Command } from './command.ts';
import { dayAndWords } from './day-and-words.ts';
import { lineAbout, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';
import { overtakenFinding } from './overtaken.ts';
import { restDayAsk, withoutSure } from './rest-day.ts';
import { saidBefore, withoutCarried, wordsBehindNumber } from './said-before.ts';

/** 改期: the coordinator puts right the day of an order, with a reason that the unit is told: `改期 12 7月20日 日期写错`. */
export const changeDay: Command = {
  name: 'change-day',
  words: { 'zh-CN': ['改期', '调整期限', '更改期限'], en: ['change day', 'change date'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:change-day.line',
  run: async (context, given) => {
    const { rest, seq } = withoutCarried(given);
    const meant = await problemMeant(context, rest, 'ledger:change-day.how');
    if (meant === null) return;
    const { number, campaignId, record } = meant.finding;
    const { zone, calendar } = await context.library.campaign(campaignId);
    const reading = { at: context.at, zone };
    const today = dateOf(context.at, zone);
    const { words, isSure } = withoutSure(meant.words);
    const read = dayAndWords(words, reading);
    // A day of this year that is over can only be meant for the next one where it is said.
    const past = read.candidates.find((day) => day < today);
    if (past !== undefined)
      return context.replyPrivately({
        lines: [{ key: 'ledger:refused.past', params: { day: { date: past } } }],
      });
    if (read.day === null)
      return context.replyPrivately({ lines: [{ key: 'ledger:change-day.no-day', params: { number } }] });
    const said = seq === null ? null : await saidBefore(context, seq);
    const reason =
      read.words !== '' || said === null ? read.words : dayAndWords(wordsBehindNumber(said), reading).words;
    const mayChange = meant.who.coordinates && record !== null && reason !== '';
    const asked =
      isSure || !mayChange ? null : await restDayAsk(context, 'change-day', meant.finding, read.day);
    if (asked !== null) return context.replyPrivately(asked);
    const before = await overtakenFinding(context, meant.finding, 'change-day');
    const finding = await moveOrTell(context, meant, { kind: 'change-day', dueOn: read.day, reason });
    if (finding === null || record === null) return;
    const days = { before: { date: dueOf(record.task) }, due: { date: read.day } };
    const task = taskLine(finding.record.task, today, calendar);
    const done = lineAbout(finding, 'ledger:change-day.done', days);
    context.replyPrivately({ lines: [done, task, ...(before === null ? [] : [before.line])] });
    if (before !== null)
      await tell(context, finding, before.other, { step: 'overtaken', lines: before.told(done) });
    await tell(context, finding, await unitPeople(context, finding.record.unit), {
      step: 'day-changed',
      lines: [
        lineAbout(finding, 'ledger:change-day.told', days),
        { key: 'ledger:reason', params: { reason } },
        task,
      ],
    });
  },
};

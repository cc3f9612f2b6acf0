import { dateOf } from '../campaign/instant.ts';
import { keep } from '../conversation/ledger.ts';
import { taskLine } from '../conversation/order-notice.ts';
import type { Command } from './command.ts';
import { dayAndWords } from './day-and-words.ts';
import { lineAbout, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';
import { restDayAsk, withoutSure } from './rest-day.ts';
import { saidBefore, withoutCarried, wordsBehindNumber } from './said-before.ts';
import { receivedAtOf } from './send-order.ts';

/** 回头看: a closed problem is there again: `回头看 12 7月30日 窗口又无人值守`. */
export const reopen: Command = {
  name: 'reopen',
  words: { 'zh-CN': ['回头看', '重新打开'], en: ['reopen', 'look back'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:reopen.line',
  run: async (context, given) => {
    const { rest, seq } = withoutCarried(given);
    const meant = await problemMeant(context, rest, 'ledger:reopen.how');
    if (meant === null) return;
    const { number, campaignId } = meant.finding;
    const { zone, calendar } = await context.library.campaign(campaignId);
    const { words, isSure } = withoutSure(meant.words);
    const { day: dueOn, words: own } = dayAndWords(words, { at: context.at, zone });
    if (dueOn === null)
      return context.replyPrivately({ lines: [{ key: 'ledger:reopen.no-day', params: { number } }] });
    const said = seq === null ? null : await saidBefore(context, seq);
    const reason =
      own !== '' || said === null
        ? own
        : dayAndWords(wordsBehindNumber(said), { at: context.at, zone }).words;
    const mayReopen = meant.who.coordinates && meant.finding.record?.state === 'closed' && reason !== '';
    const asked = isSure || !mayReopen ? null : await restDayAsk(context, 'reopen', meant.finding, dueOn);
    if (asked !== null) return context.replyPrivately(asked);
    const moved = await moveOrTell(context, meant, { kind: 'reopen', dueOn, reason });
    if (moved === null) return;
    const receivedAt = await receivedAtOf(context, moved, moved.record.unit);
    const finding = { ...moved, record: { ...moved.record, receivedAt } };
    await keep(context, finding, finding.record);
    const task = taskLine(finding.record.task, dateOf(context.at, zone), calendar);
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:reopen.done'), task] });
    await tell(context, finding, await unitPeople(context, finding.record.unit), {
      step: 'reopened',
      lines: [
        lineAbout(finding, 'ledger:reopen.told'),
        { key: 'ledger:reason', params: { reason } },
        task,
        { key: 'ledger:order.reply', params: { number } },
      ],
      tap: { command: 'reply', options: [{ id: String(number), label: { key: 'ledger:tap.reply' } }] },
    });
  },
};

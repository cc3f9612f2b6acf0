import { dueOf } from '../campaign/rectification/record.ts';
import type { Command } from './command.ts';
import { lineAbout, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';

/** 同意延期: more time is given until the day that was asked for. */
export const grant: Command = {
  name: 'grant',
  words: { 'zh-CN': ['同意延期', '准予延期'], en: ['grant'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:grant.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:grant.how');
    if (meant === null) return;
    const { number } = meant.finding;
    // The other option of the same message.
    if (meant.words === 'refuse')
      return context.replyPrivately({ lines: [{ key: 'ledger:refuse.how-now', params: { number } }] });
    const finding = await moveOrTell(context, meant, { kind: 'grant' });
    if (finding === null) return;
    const until = { date: dueOf(finding.record.task) };
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:grant.done', { until })] });
    await tell(context, finding, await unitPeople(context, finding.record.unit), {
      step: 'granted',
      lines: [lineAbout(finding, 'ledger:grant.told', { until })],
    });
  },
};

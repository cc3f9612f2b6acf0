import { dueOf } from '../campaign/rectification/record.ts';
import type { Command } from './command.ts';
import { lineAbout, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';

/** 异议不成立: the order stands, and the reason is told. */
export const dismiss: Command = {
  name: 'dismiss',
  words: { 'zh-CN': ['异议不成立', '驳回异议'], en: ['dismiss'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:dismiss.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:dismiss.how');
    if (meant === null) return;
    const reason = meant.words;
    const finding = await moveOrTell(context, meant, { kind: 'dismiss', reason });
    if (finding === null) return;
    const due = { date: dueOf(finding.record.task) };
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:dismiss.done', { due })] });
    await tell(context, finding, await unitPeople(context, finding.record.unit), {
      step: 'dismissed',
      lines: [
        lineAbout(finding, 'ledger:dismiss.told', { due }),
        { key: 'ledger:reason', params: { reason } },
      ],
    });
  },
};

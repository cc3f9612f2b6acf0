import { dueOf } from '../campaign/rectification/record.ts';
import type { Command } from './command.ts';
import { lineAbout, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';

/** 不同意延期: the day stays, and the reason is told. */
export const refuseExtension: Command = {
  name: 'refuse',
  words: { 'zh-CN': ['不同意延期', '不予延期'], en: ['refuse'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:refuse.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:refuse.how');
    if (meant === null) return;
    const reason = meant.words;
    const finding = await moveOrTell(context, meant, { kind: 'refuse', reason });
    if (finding === null) return;
    const due = { date: dueOf(finding.record.task) };
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:refuse.done', { due })] });
    await tell(context, finding, await unitPeople(context, finding.record.unit), {
      step: 'refused',
      lines: [
        lineAbout(finding, 'ledger:refuse.told', { due }),
        { key: 'ledger:reason', params: { reason } },
      ],
    });
  },
};

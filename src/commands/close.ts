import type { Command } from './command.ts';
import { coordinators, lineAbout, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';

/** 销号: a verified problem is closed, and the unit hears of it (政府督查工作条例 art. 16). */
export const close: Command = {
  name: 'close',
  words: { 'zh-CN': ['销号'], en: ['close'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:close.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:close.how');
    if (meant === null) return;
    const finding = await moveOrTell(context, meant, { kind: 'close' });
    if (finding === null) return;
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:close.done')] });
    const people = [
      ...(await unitPeople(context, finding.record.unit)),
      ...(await coordinators(context, finding)),
    ];
    await tell(context, finding, people, {
      step: 'closed',
      lines: [lineAbout(finding, 'ledger:close.told')],
    });
  },
};

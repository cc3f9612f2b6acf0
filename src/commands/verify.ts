import type { Command } from './command.ts';
import { lineAbout, moveOrTell, problemMeant } from './ledger-finding.ts';

/** 核实: a coordinator has looked at what was put right. Closing is a step of its own. */
export const verify: Command = {
  name: 'verify',
  words: { 'zh-CN': ['核实', '核实通过'], en: ['verify'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:verify.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:verify.how');
    if (meant === null) return;
    const { number } = meant.finding;
    // The other option of the same message.
    if (meant.words === 'return')
      return context.replyPrivately({ lines: [{ key: 'ledger:return.how-now', params: { number } }] });
    const finding = await moveOrTell(context, meant, { kind: 'verify' });
    if (finding === null) return;
    context.replyPrivately({
      lines: [lineAbout(finding, 'ledger:verify.done')],
      ask: {
        target: 'command:close',
        question: 'finding',
        options: [{ id: String(number), label: { key: 'ledger:tap.close' } }],
        many: false,
        numbered: false,
      },
    });
  },
};

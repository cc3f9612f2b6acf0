import type { Command } from './command.ts';
import { coordinators, lineAbout, moveOrTell, problemMeant, tell } from './ledger-finding.ts';

/** 接受: the unit takes an order on. */
export const accept: Command = {
  name: 'accept',
  words: { 'zh-CN': ['接受', '接受整改', '接收', '接收整改'], en: ['accept'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:accept.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:accept.how');
    if (meant === null) return;
    const { number } = meant.finding;
    // The other option of the same message.
    if (meant.words === 'object')
      return context.replyPrivately({ lines: [{ key: 'ledger:object.how-now', params: { number } }] });
    const finding = await moveOrTell(context, meant, { kind: 'accept' });
    if (finding === null) return;
    context.replyPrivately({
      lines: [lineAbout(finding, 'ledger:accept.done')],
      ask: {
        target: 'command:reply',
        question: 'finding',
        options: [{ id: String(number), label: { key: 'ledger:tap.reply' } }],
        many: false,
        numbered: false,
      },
    });
    await tell(context, finding, await coordinators(context, finding), {
      step: 'accepted',
      lines: [lineAbout(finding, 'ledger:accept.told')],
    });
  },
};

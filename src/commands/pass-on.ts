import type { Command } from './command.ts';
import { lineAbout, moveOrTell, problemMeant } from './ledger-finding.ts';

/** 转报: whoever the chain has come to hands it up at once. */
export const passOn: Command = {
  name: 'pass-on',
  words: { 'zh-CN': ['转报', '转报上级'], en: ['pass on'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:pass.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:pass.how');
    if (meant === null) return;
    const finding = await moveOrTell(context, meant, { kind: 'pass-on' });
    if (finding !== null) context.replyPrivately({ lines: [lineAbout(finding, 'ledger:pass.done')] });
  },
};

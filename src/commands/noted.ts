import type { Command } from './command.ts';
import { lineAbout, moveOrTell, problemMeant } from './ledger-finding.ts';

/** 知悉: whoever the chain has come to sees to it. */
export const noted: Command = {
  name: 'noted',
  words: { 'zh-CN': ['知悉', '已知悉'], en: ['noted'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:noted.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:noted.how');
    if (meant === null) return;
    // The other option of the same message.
    const isPassed = meant.words === 'pass';
    const finding = await moveOrTell(context, meant, { kind: isPassed ? 'pass-on' : 'acknowledge' });
    if (finding === null) return;
    const { acknowledged: days } = (await context.library.campaign(finding.campaignId)).ledger;
    context.replyPrivately({
      lines: [lineAbout(finding, isPassed ? 'ledger:pass.done' : 'ledger:noted.done', { days })],
    });
  },
};

import { decisionEnd } from '../campaign/rectification/objection.ts';
import type { Command } from './command.ts';
import { coordinators, lineAbout, moveOrTell, problemMeant, tell } from './ledger-finding.ts';

/** 异议: the unit objects, with its reason; its clock stands still until it is decided (政府督查工作条例 art. 17). */
export const object: Command = {
  name: 'object',
  words: { 'zh-CN': ['异议', '提出异议'], en: ['object'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:object.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:object.how');
    if (meant === null) return;
    const reason = meant.words;
    const finding = await moveOrTell(context, meant, { kind: 'dispute', reason });
    if (finding === null) return;
    const { zone, calendar, rules } = await context.library.campaign(finding.campaignId);
    const by = { date: decisionEnd(context.at, { calendar, zone, quiet: rules.quiet }) };
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:object.done', { by })] });
    await tell(context, finding, await coordinators(context, finding), {
      step: 'disputed',
      lines: [
        lineAbout(finding, 'ledger:object.told', { by }),
        { key: 'ledger:reason', params: { reason } },
        { key: 'ledger:object.decide', params: { number: finding.number } },
      ],
    });
  },
};

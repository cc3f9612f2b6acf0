import { sheetLater } from '../store/later.ts';
import type { SurveyCode } from '../store/survey-codes.ts';
import { chosenCampaign } from './codes-campaign.ts';
import { closeOrOpen } from './codes-close.ts';
import { addressNote } from './codes-lines.ts';
import { listCodes, openAt } from './codes-list.ts';
import { makeAsked } from './codes-make.ts';
import type { Command, CommandContext } from './command.ts';
import { readCodesWords } from './survey-codes-words.ts';

/**
 * 评价码: QR codes by which citizens rate a unit, a window, a kind of matter or one case; made, listed, printed, closed and opened
 * again. `/duban survey new …` comes here too (survey.ts).
 */
export const surveyCodes: Command = {
  name: 'survey-codes',
  words: { 'zh-CN': ['评价码', '评价二维码', '二维码'], en: ['survey codes', 'qr codes'] },
  // In Chinese no blank is needed before what follows a command, but 二维码扫不出来 is talk.
  takes: /(?<=[\s:,，])\S[\s\S]*/,
  bare: false,
  help: 'codes:line',
  run: async (context, rest) => {
    const chosen = await chosenCampaign(context, rest);
    if (chosen === null) return context.reply({ key: 'codes:no-campaign' });
    const { campaign } = chosen;
    const words = readCodesWords(chosen.rest);
    switch (words.do) {
      case 'new': {
        const codes = await makeAsked(context, campaign, words);
        if (codes !== null) await sendSheet(context, campaign.id, codes);
        return;
      }
      case 'list':
        return listCodes(context, campaign, words.rest);
      case 'sheet': {
        const codes = await openAt(context, campaign, words.rest);
        if (codes === null) return;
        context.reply({ key: 'codes:sheet.coming' }, ...addressNote(context.publicUrl()));
        return sendSheet(context, campaign.id, codes);
      }
      case 'open':
      case 'close':
        return closeOrOpen(context, campaign, words.do, words.rest);
    }
  },
};

/** It comes as a file of its own, some seconds later: nobody else waits while it is drawn. */
async function sendSheet(
  { run, turn, publicUrl }: CommandContext,
  campaignId: string,
  codes: readonly SurveyCode[],
): Promise<void> {
  const inRoom = turn.room !== null;
  await sheetLater(run, {
    key: `sheet:${turn.seq}`,
    campaignId,
    codes: codes.map(({ code }) => code),
    pages: publicUrl(),
    to: {
      contactId: turn.contact.id,
      address: turn.room ?? turn.urn,
      only: inRoom && turn.body.slash ? turn.urn : null,
    },
  });
}

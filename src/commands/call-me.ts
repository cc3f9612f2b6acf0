import { tellsContact } from '../conversation/contact-told.ts';
import { chatContact, leaveContact, look } from '../conversation/receipts.ts';
import type { Command } from './command.ts';
import { answer, receiptIn, workOf } from './receipt.ts';

/** A phone number or an e-mail address, with a word about when. */
const contactMax = 100;

/**
 * 回访我: somebody dissatisfied wants to be called back, in words of their own where, or in this chat. The contact is sealed with a
 * key outside the database, seen by whoever owns the case, and deleted after it is closed (PIPL art. 13(1), 19).
 */
export const callMe: Command = {
  name: 'call-me',
  words: { 'zh-CN': ['回访我', '请回访我'], en: ['call me', 'call me back'] },
  takes: 'receipt',
  bare: true,
  help: 'ratings:call-me.line',
  run: async (context, rest) => {
    const given = receiptIn(context, rest, callMe);
    if (given === null) return;
    if ([...given.rest].length > contactMax)
      return answer(context, { key: 'ratings:call-me.long', params: { max: contactMax } });
    // Without a way to reach them nobody could: it is asked for once more, and what was written is not kept.
    if (given.rest !== '' && !tellsContact(given.rest))
      return answer(context, { key: 'ratings:call-me.what', params: { code: given.code } });
    const { turn } = context;
    const address = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
    const contact = given.rest === '' ? chatContact(address) : given.rest;
    const work = workOf(context);
    switch (await leaveContact(work, given.code, contact)) {
      case 'kept': {
        if (given.rest === '') return answer(context, { key: 'ratings:call-me.kept.chat' });
        const days = (await look(work, given.code))?.keepContactDays ?? 0;
        return answer(context, { key: 'ratings:call-me.kept', params: { days } });
      }
      case 'no-case':
        return answer(context, {
          key: 'ratings:call-me.no-case',
          params: { link: `${context.publicUrl()}/r` },
        });
      case 'closed':
        return answer(context, { key: 'ratings:call-me.closed' });
      case 'unknown':
        return answer(context, { key: 'ratings:receipt.unknown' });
    }
  },
};

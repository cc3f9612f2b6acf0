import { type LookedUp, look, withdraw } from '../conversation/receipts.ts';
import type { Say } from '../flow/say.ts';
import type { Command } from './command.ts';
import { answer, answerAsking, ratingLine, receiptIn, workOf } from './receipt.ts';

/** 撤回评价: takes a rating back, whenever and without a reason (PIPL art. 15 and 47), once that was confirmed: it can't be undone. */
export const eraseRating: Command = {
  name: 'erase-rating',
  words: { 'zh-CN': ['撤回评价', '删除评价'], en: ['erase rating', 'withdraw rating'] },
  takes: 'receipt',
  bare: true,
  help: 'ratings:erase.line',
  run: async (context, rest) => {
    const given = receiptIn(context, rest, eraseRating);
    if (given === null) return;
    if (confirmed.test(given.rest)) {
      const isThere = await withdraw(workOf(context), given.code);
      return answer(context, { key: isThere ? 'ratings:erase.done' : 'ratings:receipt.unknown' });
    }
    if (kept.test(given.rest)) return answer(context, { key: 'ratings:erase.kept' });
    const found = await look(workOf(context), given.code);
    if (found === null) return answer(context, { key: 'ratings:receipt.unknown' });
    answerAsking(context, asked(found, given));
  },
};

const confirmed = /^(?:确认|确定|确认撤回|确认删除|是的?|confirm|yes)[。.!！]*$/iu;
const kept = /^(?:不要?了?|不用了?|不撤回?了?|不删除?了?|取消|算了|no|cancel|keep)[。.!！]*$/iu;

/** What would be deleted, and for good: that is said before. Nothing remembers the question, so the answer names the receipt again. */
function asked(found: LookedUp, { code, rest }: { code: string; rest: string }): Say {
  const words = [...rest].slice(0, shownMax).join('');
  return {
    lines: [
      ...(words === '' ? [] : [{ key: 'ratings:erase.unread', params: { words } } as const]),
      ratingLine(found),
      {
        key: found.case?.contactLeft === true ? 'ratings:erase.ask.contact' : 'ratings:erase.ask',
        params: { code },
      },
    ],
    ask: {
      target: 'command:erase-rating',
      question: 'confirm',
      options: [
        { id: `${code} confirm`, label: { key: 'ratings:erase.confirm' } },
        { id: `${code} keep`, label: { key: 'ratings:erase.keep' } },
      ],
      many: false,
      numbered: false,
    },
  };
}

/** Letters of somebody's words that are said back. */
const shownMax = 20;

import { withdraw } from '../conversation/receipts.ts';
import type { Command } from './command.ts';
import { answer, receiptIn, workOf } from './receipt.ts';

/** 撤回评价: takes a rating back, whenever and without a reason (PIPL art. 15 and 47). */
export const eraseRating: Command = {
  name: 'erase-rating',
  words: { 'zh-CN': ['撤回评价', '删除评价'], en: ['erase rating', 'withdraw rating'] },
  takes: 'receipt',
  bare: true,
  help: 'ratings:erase.line',
  run: async (context, rest) => {
    const given = receiptIn(context, rest, '撤回评价');
    if (given === null) return;
    const isThere = await withdraw(workOf(context), given.code);
    answer(context, { key: isThere ? 'ratings:erase.done' : 'ratings:receipt.unknown' });
  },
};

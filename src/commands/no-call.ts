import { withdrawContact } from '../conversation/receipts.ts';
import type { Command } from './command.ts';
import { answer, receiptIn, workOf } from './receipt.ts';

/** 不用回访: takes back the contact that was left with a rating; the rating stays (PIPL art. 15 and 47). */
export const noCall: Command = {
  name: 'no-call',
  words: {
    'zh-CN': [
      '不用回访',
      '不用回访了',
      '不要回访',
      '不要回访了',
      '取消回访',
      '不用回访我',
      '不要回访我',
      '撤回联系方式',
      '删除联系方式',
    ],
    en: ['cancel call back', 'cancel call', 'no call back', 'do not call', "don't call", "don't call me"],
  },
  takes: 'receipt',
  bare: true,
  help: 'ratings:no-call.line',
  run: async (context, rest) => {
    const given = receiptIn(context, rest, noCall);
    if (given === null) return;
    switch (await withdrawContact(workOf(context), given.code)) {
      case 'withdrawn':
        return answer(context, { key: 'ratings:no-call.done', params: { code: given.code } });
      case 'none':
        return answer(context, { key: 'ratings:no-call.none' });
      case 'unknown':
        return answer(context, { key: 'ratings:receipt.unknown' });
    }
  },
};

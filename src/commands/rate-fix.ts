import { rateFix as rate } from '../conversation/receipts.ts';
import type { Again } from '../satisfaction/case/record.ts';
import type { Command } from './command.ts';
import { answer, receiptIn, workOf } from './receipt.ts';

/** 评整改: the second rating, of what was done about the first, on three levels (DOMAIN 2.2). */
export const rateFix: Command = {
  name: 'rate-fix',
  words: { 'zh-CN': ['评整改', '评价整改'], en: ['rate fix'] },
  takes: 'receipt',
  bare: true,
  help: 'ratings:fix.line',
  run: async (context, rest) => {
    const given = receiptIn(context, rest, '评整改');
    if (given === null) return;
    const again = againIn(given.rest);
    if (again === null) return answer(context, { key: 'ratings:fix.how' });
    switch (await rate(workOf(context), given.code, again)) {
      case 'kept':
        return answer(context, { key: 'ratings:fix.kept' });
      case 'not-yet':
        return answer(context, { key: 'ratings:fix.not-yet', params: { code: given.code } });
      case 'no-case':
        return answer(context, { key: 'ratings:fix.no-case' });
      case 'unknown':
        return answer(context, { key: 'ratings:receipt.unknown' });
    }
  },
};

const levels: readonly { words: RegExp; again: Again }[] = [
  { words: /^(?:不满意|dissatisfied|not satisfied)/iu, again: 1 },
  { words: /^(?:基本满意|fairly satisfied)/iu, again: 2 },
  { words: /^(?:非常满意|满意|very satisfied|satisfied)/iu, again: 3 },
];

function againIn(words: string): Again | null {
  return levels.find((one) => one.words.test(words.trim()))?.again ?? null;
}

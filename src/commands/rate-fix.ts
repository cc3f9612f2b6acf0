import { rateFix as rate } from '../conversation/receipts.ts';
import type { Line } from '../flow/say.ts';
import { type AgainTold, readAgain } from './again-words.ts';
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
    const given = receiptIn(context, rest, rateFix);
    if (given === null) return;
    const told = readAgain(given.rest);
    if (told === null) return answer(context, { key: 'ratings:fix.how' });
    if (told.kind === 'doubt')
      return answer(context, {
        key: 'ratings:fix.doubt',
        params: { words: [...given.rest].slice(0, shownMax).join(''), code: given.code },
      });
    switch (await rate(workOf(context), given.code, told.again)) {
      case 'kept':
        return answer(context, ...keptLines(told, given.code));
      case 'not-yet':
        return answer(context, { key: 'ratings:fix.not-yet', params: { code: given.code } });
      case 'no-case':
        return answer(context, { key: 'ratings:fix.no-case' });
      case 'unknown':
        return answer(context, { key: 'ratings:receipt.unknown' });
    }
  },
};

/** Letters of somebody's words that are said back. */
const shownMax = 20;

/** What was not said in the words of the three levels is said back; a second rating can be given anew. */
function keptLines({ again, words, exact }: Extract<AgainTold, { kind: 'level' }>, code: string): Line[] {
  const level = { key: `ratings:fix.level.${again}` } as const;
  const lines: Line[] = [
    exact ? { key: 'ratings:fix.kept' } : { key: 'ratings:fix.kept.as', params: { level, code } },
  ];
  // A case keeps the rater's level alone.
  if (words !== '') lines.push({ key: 'ratings:fix.words-not-kept' });
  return lines;
}

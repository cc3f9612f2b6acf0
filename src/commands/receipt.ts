import { type LookedUp, look, type ReceiptWork } from '../conversation/receipts.ts';
import type { Line, Say, SentenceKey } from '../flow/say.ts';
import { isReceipt, printedReceipt } from '../short-code.ts';
import { type Command, type CommandContext, wordOf } from './command.ts';

/**
 * 回执: what became of a rating, for whoever holds its receipt and nobody else, and how to change it or take it back: whoever asks
 * for that (更改评价), or sends nothing but a receipt, is told the same.
 */
export const receipt: Command = {
  name: 'receipt',
  words: {
    'zh-CN': ['回执', '查回执', '回执码', '更改评价', '修改评价', '改评价', '我想改评价', '我要改评价'],
    en: ['receipt', 'change rating', 'change my rating'],
  },
  takes: 'receipt',
  bare: true,
  help: 'ratings:receipt.line',
  run: async (context, rest) => {
    const given = receiptIn(context, rest, receipt);
    if (given === null) return;
    const found = await look(workOf(context), given.code);
    if (found === null) return answer(context, { key: 'ratings:receipt.unknown' });
    answer(context, ...shown(found, given.code, context.publicUrl()));
  },
};

/** The receipt at the beginning of what was written, and what stands behind it; null when there is none, which is told. */
export function receiptIn(
  context: CommandContext,
  rest: string,
  command: Pick<Command, 'words' | 'name'>,
): { code: string; rest: string } | null {
  // The message tells a receipt: it is forgotten with the answer.
  context.writes.handled.push({
    seq: context.turn.seq,
    forget: true,
    files: context.turn.attachments.length > 0,
  });
  const [, code = '', more = ''] =
    /^\s*((?:[\p{L}\p{N}]{4}[-\s－–]?){3})(?![\p{L}\p{N}])([\s\S]*)$/u.exec(rest) ?? [];
  if (isReceipt(code))
    return { code: printedReceipt(code), rest: more.replace(/^[\s,，:：;；]+/u, '').trim() };
  answer(context, { key: 'ratings:receipt.how', params: { word: wordOf(command) } });
  return null;
}

export function workOf({ run, library, keys, at }: CommandContext): ReceiptWork {
  return { run, library, keys, at };
}

/** For this person alone, and kept no longer than until it was sent. */
export function answer(context: CommandContext, ...lines: Line[]): void {
  answerAsking(context, { lines });
}

/** The same with something to tap. */
export function answerAsking(context: CommandContext, say: Say): void {
  const before = context.writes.outbox.length;
  context.replyPrivately(say);
  for (const row of context.writes.outbox.slice(before)) row.forget = true;
}

/** Which rating it is. */
export function ratingLine({ unitName, matter, level, day }: LookedUp): Line {
  const name = { key: `flow:level.${level as 1 | 2 | 3 | 4 | 5}` as SentenceKey };
  const place = unitName ?? matter;
  return place === null
    ? { key: 'ratings:receipt.shown.campaign', params: { day: { date: day }, level: name } }
    : { key: 'ratings:receipt.shown', params: { day: { date: day }, place, level: name } };
}

function shown(found: LookedUp, code: string, link: string): Line[] {
  const { case: own } = found;
  const lines: Line[] = [ratingLine(found)];
  if (own === null) lines.push({ key: 'ratings:receipt.counted' });
  else if (own.dueOn === null)
    lines.push({ key: `ratings:receipt.stage.${own.ended === 'struck' ? 'struck' : 'closed'}` });
  else
    lines.push({
      key: 'ratings:receipt.stage',
      params: { stage: { key: `cases:stage.${own.stage}` }, due: { date: own.dueOn } },
    });
  if (own !== null && own.reply !== null)
    lines.push({ key: 'ratings:receipt.reply', params: { reply: own.reply } });
  if (own?.mayRate === true) lines.push({ key: 'ratings:receipt.again', params: { code } });
  return [...lines, { key: 'ratings:receipt.change', params: { code, link: `${link}/r` } }];
}

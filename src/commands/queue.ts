import type { Line, Param } from '../flow/say.ts';
import { retryDeadLetters } from '../store/dead-letters.ts';
import type { Command, CommandContext } from './command.ts';

/** Numbers of dead letters that one message shows, of each kind. */
const shownMax = 20;

const retryWords = /^(?:重试|再试|retry)[\s:：,，]*(收|发|in|out)?\s*#?(\d{1,15})$/i;
const retryAllWords = /^(?:重试|再试|retry)[\s:：,，]*(?:全部|所有|all)$/i;

/**
 * 投递: messages that could not be handled or sent, by number and never by content, and trying one or all of them again. 收 (in) came from
 * somebody, 发 (out) was to go to somebody.
 */
export const queue: Command = {
  name: 'queue',
  words: { 'zh-CN': ['投递', '投递情况'], en: ['queue'] },
  takes: /(?:重试|再试|retry)\s*(?:全部|所有|all|(?:收|发|in|out)?\s*#?\d{1,15})/,
  allowed: ['coordinator'],
  bare: false,
  help: 'commands:queue.line',
  run: async (context, rest) => {
    if (retryAllWords.test(rest.trim())) return context.replyPrivately({ lines: [await retryAll(context)] });
    const match = retryWords.exec(rest.trim());
    if (match === null && rest !== '')
      return context.replyPrivately({ lines: [{ key: 'commands:queue.how' }] });
    const line = match === null ? null : await retry(context, sideOf(match[1]), Number(match[2]));
    context.replyPrivately({ lines: line === null ? await overview(context) : [line] });
  },
};

type Side = 'in' | 'out';

function sideOf(word: string | undefined): Side | null {
  if (word === undefined) return null;
  return word === '收' || word.toLowerCase() === 'in' ? 'in' : 'out';
}

async function overview({ transaction }: CommandContext): Promise<Line[]> {
  const dead = { where: { status: 'dead' } };
  const listed = { ...dead, select: { seq: true }, orderBy: { seq: 'asc' }, take: shownMax } as const;
  const received = await transaction.inbox.count(dead);
  const unsent = await transaction.outbox.count(dead);
  const held = await transaction.outbox.count({ where: { status: 'held' } });
  if (received + unsent + held === 0) return [{ key: 'commands:queue.none' }];
  const lines: Line[] = [];
  if (received > 0)
    lines.push({
      key: 'commands:queue.in',
      params: { count: received, numbers: numbers('in', await transaction.inbox.findMany(listed)) },
    });
  if (unsent > 0)
    lines.push({
      key: 'commands:queue.out',
      params: { count: unsent, numbers: numbers('out', await transaction.outbox.findMany(listed)) },
    });
  if (held > 0) lines.push({ key: 'commands:queue.held', params: { count: held } });
  if (received + unsent > 0) lines.push({ key: 'commands:queue.how' });
  return lines;
}

function numbers(side: Side, rows: { seq: bigint }[]): Param {
  return {
    list: rows.map(({ seq }) => ({ key: `commands:queue.number.${side}`, params: { number: Number(seq) } })),
  };
}

async function retryAll({ run, at }: CommandContext): Promise<Line> {
  const count = await retryDeadLetters(run, at);
  return count === 0
    ? { key: 'commands:queue.none' }
    : { key: 'commands:queue.retried.all', params: { count } };
}

/** Puts a dead letter back in its queue; the number must say which queue when both have one of that number. */
async function retry({ transaction, at }: CommandContext, side: Side | null, number: number): Promise<Line> {
  const where = { seq: number, status: 'dead' };
  const isIn = side !== 'out' && (await transaction.inbox.count({ where })) > 0;
  const isOut = side !== 'in' && (await transaction.outbox.count({ where })) > 0;
  if (isIn && isOut) return { key: 'commands:queue.which', params: { number } };
  const again = { status: 'waiting', attempts: 0, fault: null };
  if (isIn) await transaction.inbox.updateMany({ where, data: { ...again, retryAt: null } });
  if (isOut)
    await transaction.outbox.updateMany({
      where,
      data: { ...again, dueAt: new Date(at), leaseUntil: null, failingSince: null },
    });
  return isIn || isOut
    ? { key: 'commands:queue.retried', params: { number } }
    : { key: 'commands:queue.unknown', params: { number } };
}

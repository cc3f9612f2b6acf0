import type { Line, Param } from '../flow/say.ts';
import { deadLettersCalled, retryDeadLetter, retryDeadLetters } from '../store/dead-letters.ts';
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
  // What is secret is nobody's topic here: its number and its gaps would show that there is something (JX-4.4).
  const dead = { where: { status: 'dead' } };
  const unsecret = { where: { status: 'dead', secret: null } };
  const received = await transaction.inbox.count(dead);
  const unsent = await transaction.outbox.count(unsecret);
  const held = await transaction.outbox.count({ where: { status: 'held', secret: null } });
  if (received + unsent + held === 0) return [{ key: 'commands:queue.none' }];
  const lines: Line[] = [];
  if (received > 0)
    lines.push({
      key: 'commands:queue.in',
      params: { count: received, numbers: numbers('in', await lettersIn(transaction)) },
    });
  if (unsent > 0)
    lines.push({
      key: 'commands:queue.out',
      params: { count: unsent, numbers: numbers('out', await lettersOut(transaction)) },
    });
  if (held > 0) lines.push({ key: 'commands:queue.held', params: { count: held } });
  if (received + unsent > 0) lines.push({ key: 'commands:queue.how' });
  return lines;
}

const listed = { orderBy: { seq: 'asc' }, take: shownMax } as const;

async function lettersIn(transaction: CommandContext['transaction']): Promise<number[]> {
  const rows = await transaction.inbox.findMany({
    where: { status: 'dead' },
    select: { seq: true },
    ...listed,
  });
  return rows.map(({ seq }) => Number(seq));
}

/**
 * By the number under which a message went on its way, one count with those received. Its own in the outbox has gaps where
 * secret ones are.
 */
async function lettersOut(transaction: CommandContext['transaction']): Promise<number[]> {
  const where = { status: 'dead', secret: null };
  const rows = await transaction.outbox.findMany({ where, select: { seq: true, shown: true }, ...listed });
  return rows.map(({ seq, shown }) => Number(shown ?? seq));
}

function numbers(side: Side, all: number[]): Param {
  return { list: all.map((number) => ({ key: `commands:queue.number.${side}`, params: { number } })) };
}

async function retryAll({ run, at }: CommandContext): Promise<Line> {
  const count = await retryDeadLetters(run, at);
  return count === 0
    ? { key: 'commands:queue.none' }
    : { key: 'commands:queue.retried.all', params: { count } };
}

/** Puts a dead letter back in its queue; the number must say which queue when both have one of that number. */
async function retry({ run, at }: CommandContext, side: Side | null, number: number): Promise<Line> {
  const called = await deadLettersCalled(run, number);
  const [name, other] = side === null ? called : called.filter((one) => one.startsWith(side));
  if (other !== undefined) return { key: 'commands:queue.which', params: { number } };
  if (name === undefined) return { key: 'commands:queue.unknown', params: { number } };
  await retryDeadLetter(run, name, at);
  return { key: 'commands:queue.retried', params: { number } };
}

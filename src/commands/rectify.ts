import { addWorkdays } from '../campaign/calendar.ts';
import { dateOf } from '../campaign/instant.ts';
import { refuse } from '../campaign/rectification/moved.ts';
import { dueOf } from '../campaign/rectification/record.ts';
import { goneRefusal } from '../conversation/ledger.ts';
import { type Ordered, taskLine } from '../conversation/order-notice.ts';
import { ensureReplyFlow } from '../conversation/reply-session.ts';
import type { Line } from '../flow/say.ts';
import type { Command, CommandContext } from './command.ts';
import { lineAbout, type Meant, moveOrTell, problemMeant, tellRefused } from './ledger-finding.ts';
import { notRunning } from './not-running.ts';
import { completed, type ReadOrder, readOrder, severalNumbers } from './order-words.ts';
import { restDayAsk, withoutSure } from './rest-day.ts';
import { carrying, saidBefore, withoutCarried, wordsBehindNumber } from './said-before.ts';
import { receivedAtOf, sendOrder } from './send-order.ts';

/** Workdays that are offered where an order named none. */
const offered = [5, 10, 15] as const;

/**
 * 整改: the coordinator orders a problem to be put right: `整改 12 立行立改`, `整改 12 7月10日 更换座椅`,
 * `整改 12 待常务会议通过后，8月1日复查`.
 */
export const rectify: Command = {
  name: 'rectify',
  words: { 'zh-CN': ['整改', '下达整改'], en: ['rectify'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:rectify.line',
  run: async (context, given) => {
    const { rest, seq } = withoutCarried(given);
    const several = severalNumbers(rest);
    if (several !== null) return context.replyPrivately({ lines: [oneByOne(several)] });
    const meant = await problemMeant(context, rest, 'ledger:rectify.how');
    if (meant === null) return;
    const { finding, who } = meant;
    // An order tells the unit, which can't be undone: who graded it so says otherwise first.
    if (who.coordinates && finding.seenBy === 'coordinators')
      return tellRefused(context, finding, refuse('refused.order-sight', { number: finding.number }));
    if (!finding.running)
      return context.replyPrivately({
        lines: [notRunning({ status: finding.campaignStatus, title: finding.campaign })],
      });
    // What goes on under other numbers is said to, before anything is asked about the day.
    const gone = goneRefusal(finding);
    if (gone !== null) return tellRefused(context, finding, gone);
    const facts = await context.library.campaign(finding.campaignId);
    const reading = { at: context.at, zone: facts.zone };
    const { words, isSure } = withoutSure(meant.words);
    const read = readOrder(words, reading);
    if (read.kind === 'unclear') return askWhen(context, meant, read);
    // The sentence of an order that still lacked its day.
    const said = seq === null ? null : await saidBefore(context, seq);
    const order = completed(read, said === null ? null : readOrder(wordsBehindNumber(said), reading));
    const asked = isSure || !isToOrder(meant) ? null : await restDay(context, meant, order);
    if (asked !== null) return context.replyPrivately(asked);
    await give(context, meant, order, order.words === '' ? null : order.words);
  },
};

/** Otherwise it is refused, and nothing needs to be asked before. */
function isToOrder({ finding: { record, unitId }, who }: Meant): boolean {
  return who.coordinates && unitId !== null && (record === null || record.state === 'revoked');
}

async function restDay(context: CommandContext, { finding }: Meant, order: ReadOrder) {
  return order.kind === 'task' ? restDayAsk(context, 'rectify', finding, dueOf(order.task)) : null;
}

/** One order has one day and one answer: of several problems each is told to be ordered for itself. */
function oneByOne({ numbers, words }: NonNullable<ReturnType<typeof severalNumbers>>): Line {
  const example = words === '' ? ({ key: 'ledger:tap.instant' } as const) : [...words].slice(0, 20).join('');
  const [number = 0, other = 0] = numbers;
  return { key: 'ledger:rectify.several', params: { number, other, words: example } };
}

async function give(
  context: CommandContext,
  meant: Meant,
  read: Exclude<ReadOrder, { kind: 'unclear' }>,
  requirement: string | null,
): Promise<void> {
  const { finding: before } = meant;
  const facts = await context.library.campaign(before.campaignId);
  const today = dateOf(context.at, facts.zone);
  const task =
    read.kind === 'instant'
      ? { kind: read.kind, dueOn: addWorkdays(facts.calendar, today, facts.ledger.instant) }
      : read.task;
  const unit = before.unitId;
  const receivedAt = unit === null ? null : await receivedAtOf(context, before, unit);
  const order = { unit, task, requirement, foundBy: before.reportedBy, receivedAt };
  const moved = await moveOrTell(context, meant, { kind: 'order', ...order });
  if (moved === null) return;
  const finding: Ordered = moved;
  await ensureReplyFlow(context, finding);
  const told = await sendOrder(context, finding);
  const lines: Line[] = [
    lineAbout(finding, told === 0 ? 'ledger:rectify.nobody' : 'ledger:rectify.done', { people: told }),
    taskLine(task, today, facts.calendar),
  ];
  if (receivedAt !== null && receivedAt > context.at)
    lines.push({ key: 'ledger:told.later', params: { at: { instant: receivedAt, zone: facts.zone } } });
  lines.push({ key: 'ledger:rectify.change', params: { number: finding.number } });
  context.replyPrivately({ lines });
}

/** No day was named, or one that can be two: asked, never guessed. */
async function askWhen(
  context: CommandContext,
  { finding }: Meant,
  { candidates, isReview, words }: Extract<ReadOrder, { kind: 'unclear' }>,
): Promise<void> {
  const { number } = finding;
  if (isReview)
    return context.replyPrivately({ lines: [{ key: 'ledger:rectify.no-review', params: { number } }] });
  const { calendar, zone } = await context.library.campaign(finding.campaignId);
  const today = dateOf(context.at, zone);
  const days = offered.map((count) => ({
    id: carrying(context, `${number} ${addWorkdays(calendar, today, count)}`),
    label: { key: `ledger:tap.days.${count}` } as const,
  }));
  // Written like a day, and none: 2月30日.
  const noDay = candidates.length > 0 ? undefined : /\d{1,2}月\d{1,2}[日号]/u.exec(words)?.[0];
  const past = candidates.find((day) => day < today);
  const meantDays = candidates
    .filter((day) => day >= today)
    .map((day) => ({ id: carrying(context, `${number} ${day}`), label: day }));
  const options =
    meantDays.length > 0 && past === undefined
      ? meantDays
      : [
          ...meantDays,
          { id: carrying(context, `${number} 立行立改`), label: { key: 'ledger:tap.instant' } as const },
          ...days,
        ];
  context.replyPrivately({
    lines: [
      ...(past === undefined
        ? []
        : [{ key: 'ledger:rectify.past', params: { day: { date: past } } } as const]),
      ...(noDay === undefined ? [] : [{ key: 'ledger:rectify.no-day', params: { day: noDay } } as const]),
      lineAbout(finding, 'ledger:rectify.when'),
      { key: 'ledger:rectify.when.how', params: { number } },
    ],
    ask: { target: 'command:rectify', question: 'finding', options, many: false, numbered: false },
  });
}

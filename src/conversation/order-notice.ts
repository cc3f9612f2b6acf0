import { workdaysLeft } from '../campaign/assignment.ts';
import type { Calendar } from '../campaign/calendar.ts';
import { dateOf } from '../campaign/instant.ts';
import { objectionEnd } from '../campaign/rectification/objection.ts';
import { dueOf, type Rectification, type Task } from '../campaign/rectification/record.ts';
import type { Line, Param } from '../flow/say.ts';
import type { LedgerFinding } from '../store/ledger.ts';
import type { Library } from '../store/library.ts';
import { daysOverdue } from './due-line.ts';
import { readFacts } from './found-facts.ts';
import { settingOf } from './ledger.ts';
import { about, type Notice } from './ledger-post.ts';

/** A problem with an order. */
export type Ordered = LedgerFinding & { record: Rectification };

/** Photos that one message brings along. */
const photosMax = 9;

/** 整改通知: what is to be fixed by when, how to take it on, to object and to reply. */
export async function orderNotice(
  { library }: { library: Library },
  finding: Ordered,
  at: string,
): Promise<Omit<Notice, 'key'>> {
  const facts = await library.campaign(finding.campaignId);
  const { record, number } = finding;
  const lines: Line[] = [
    { key: 'ledger:order.notice', params: { ...about(finding), campaign: finding.campaign } },
    ...(await readFacts(library, finding.answers)),
    ...(record.requirement === null
      ? []
      : [{ key: 'ledger:order.requirement', params: { words: record.requirement } } as const]),
    taskLine(record.task, dateOf(at, facts.zone), facts.calendar),
    { key: 'ledger:order.accept', params: { number } },
    objectionLine(record, settingOf(facts, number, at)),
    { key: 'ledger:order.reply', params: { number } },
  ];
  const options = [
    { id: String(number), label: { key: 'ledger:tap.accept' } as const },
    { id: `${number} object`, label: { key: 'ledger:tap.object' } as const },
  ];
  return { lines, tap: { command: 'accept', options }, attachments: evidenceOf(finding) };
}

function objectionLine(record: Rectification, setting: ReturnType<typeof settingOf>): Line {
  const { number } = setting;
  const last = objectionEnd(record, setting);
  return last === null
    ? { key: 'ledger:order.object.open', params: { number } }
    : { key: 'ledger:order.object', params: { number, last: { date: last } } };
}

/** By when, in the words of its kind. Inclusive, and said so (DOMAIN 2.7). */
export function taskLine(task: Task, today: string, calendar: Calendar): Line {
  const due = { date: dueOf(task) };
  const left = leftOf(dueOf(task), today, calendar);
  switch (task.kind) {
    case 'instant':
      return { key: 'ledger:task.instant', params: { due, left } };
    case 'dated':
      return { key: 'ledger:task.dated', params: { due, left } };
    case 'event':
      return { key: 'ledger:task.event', params: { due, left, awaits: task.awaits } };
    case 'condition':
      return { key: 'ledger:task.condition', params: { due, left, awaits: task.awaits } };
  }
}

/** How long is left, in words; as `commands/time-left.ts` says it of tasks. */
export function leftOf(due: string, today: string, calendar: Calendar): Param {
  if (today > due) return { key: 'commands:left.overdue', params: { days: daysOverdue(due, today) } };
  if (today === due) return { key: 'commands:left.today' };
  const days = workdaysLeft(due, today, calendar);
  return days === 0 ? { key: 'commands:left.rest' } : { key: 'commands:left.days', params: { days } };
}

/** The photos that show a problem, as many as one message takes. */
export function evidenceOf({ attachments }: Pick<LedgerFinding, 'attachments'>): string[] {
  return attachments.slice(0, photosMax);
}

/** The ids of the photos in an answer. */
export function photosIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) =>
    typeof one === 'object' && one !== null && 'id' in one ? [String(one.id)] : [],
  );
}

import { dueReminders, nextReminder, type ReminderRules, type ReminderStep } from '../reminder.ts';
import { type ChaseStep, nextChase } from './chase.ts';
import type { Setting } from './moved.ts';
import { dueOf, isUnitsTurn, type Rectification } from './record.ts';
import type { LedgerRules } from './rules.ts';

/** When the passing of time brings something: the campaign's own reminders, and the ledger's chain. */
export interface WakeRules {
  reminders: ReminderRules;
  ledger: LedgerRules;
}

type Times = Omit<Setting, 'at' | 'number'>;

/** When to look at a rectification again; null when it waits for nobody. */
export function wakeOf(record: Rectification, rules: WakeRules, times: Times): string | null {
  const chase = nextChase(record, rules.ledger, times)?.at;
  const reminder = isUnitsTurn(record) ? nextOf(record, rules, times) : undefined;
  const [first] = [chase, reminder].filter((at) => at !== undefined).sort();
  return first ?? null;
}

function nextOf(record: Rectification, { reminders }: WakeRules, { calendar }: Times): string {
  const assignment = { dueOn: dueOf(record.task), publishedAt: record.orderedAt };
  return nextReminder(assignment, reminders, calendar, record.remindedTo ?? record.orderedAt).at;
}

/** What is due at an instant. */
export interface DueNow {
  /** The unit is to be reminded. */
  remind: ReminderStep | null;
  /** The next of the chain is to be told. */
  chase: ChaseStep | null;
  remindedTo: string | null;
}

/** What is to be done about a rectification at `now`, which the caller has found to be in working time for the chain. */
export function dueNow(record: Rectification, rules: WakeRules, times: Times, now: string): DueNow {
  const next = nextChase(record, rules.ledger, times);
  const chase = next !== null && next.at <= now ? next : null;
  if (!isUnitsTurn(record)) return { remind: null, chase, remindedTo: record.remindedTo };
  const reminded = {
    dueOn: dueOf(record.task),
    publishedAt: record.orderedAt,
    handledTo: record.remindedTo,
  };
  const { send, handledTo } = dueReminders(reminded, rules.reminders, times.calendar, now);
  return { remind: send ?? null, chase, remindedTo: handledTo };
}

import { dateOf, isQuiet, outOfQuiet } from '../campaign/instant.ts';
import { type ChaseLevel, type ChaseStep, chased, countedDay } from '../campaign/rectification/chase.ts';
import { isOver, type Rectification } from '../campaign/rectification/record.ts';
import { dueNow, wakeOf } from '../campaign/rectification/wake.ts';
import { inWorkingTime } from '../campaign/rectification/working-time.ts';
import type { Line, SentenceKey } from '../flow/say.ts';
import { inTransaction } from '../store/database.ts';
import {
  keepRectification,
  type LedgerFinding,
  lockDueRectifications,
  putOffRectification,
  readFindings,
  recordEvent,
} from '../store/ledger.ts';
import { ledgerCoordinators } from '../store/ledger-coordinators.ts';
import type { CampaignFacts } from '../store/library.ts';
import { peopleOf, unitByCode } from '../store/movers.ts';
import type { Reachable } from '../store/reach.ts';
import { commitWrites, noWrites, type Run, type Writes } from '../store/writes.ts';
import { callOff } from './call-off.ts';
import { ledgerEvent, settingOf } from './ledger.ts';
import { about, noticeRows } from './ledger-post.ts';
import { type Ordered, taskLine } from './order-notice.ts';
import type { RemindOptions } from './remind.ts';

/** How long a rectification is left alone that a fault keeps from being looked after. */
const putOffMs = 3_600_000;
const pausedMs = 24 * 3_600_000;

/**
 * Looks after rectifications whose time has come, up to `limit` of them in one transaction: reminds the unit before and after
 * the due day, and tells the next of the chain where nobody answered (owner → head of unit → coordinator → leading group),
 * in working time only. Safe in any number of processes at once; every step has a key, so that nothing is said twice. When
 * one of them fails they are taken one by one, and that one is put off.
 * @returns how many were looked at or put off; 0 when nothing more is due now
 */
export async function chaseRectifications(options: RemindOptions, limit: number): Promise<number> {
  try {
    return await lookAfterDue(options, limit, []);
  } catch (err) {
    options.log.error({ err }, 'rectifications could not be looked after at once; taking them one by one');
    return lookAfterEach(options, limit);
  }
}

/** @param taken gets the ids of those that are looked after, before anything is done about them */
async function lookAfterDue(options: RemindOptions, limit: number, taken: string[]): Promise<number> {
  const now = options.clock.now().toISOString();
  return inTransaction(options.database.pool, async (run) => {
    taken.push(...(await lockDueRectifications(run, now, limit)));
    const writes = noWrites();
    for (const finding of await readFindings(run, taken)) {
      const { record } = finding;
      if (record === null) await putOffRectification(run, finding.id, null);
      else await lookAfter({ ...options, run, writes, now }, { ...finding, record });
    }
    if (taken.length > 0) await commitWrites(run, writes);
    return taken.length;
  });
}

/** Each in a transaction of its own: one that a fault of ours or a bad row keeps from it must not keep the others waiting. */
async function lookAfterEach(options: RemindOptions, limit: number): Promise<number> {
  for (let count = 0; count < limit; count += 1) {
    const taken: string[] = [];
    try {
      if ((await lookAfterDue(options, 1, taken)) === 0) return count;
    } catch (err) {
      const [finding] = taken;
      // Nothing was taken: the database itself fails.
      if (finding === undefined) throw err;
      options.log.error({ err, finding }, 'a rectification could not be looked after; putting it off');
      const until = new Date(options.clock.now().getTime() + putOffMs).toISOString();
      await inTransaction(options.database.pool, (run) => putOffRectification(run, finding, until));
    }
  }
  return limit;
}

type Look = RemindOptions & { run: Run; writes: Writes; now: string };

/** One rectification's share. */
async function lookAfter(look: Look, finding: Ordered): Promise<void> {
  const { library, run, now } = look;
  const facts = await library.campaign(finding.campaignId);
  if (!finding.running || isOver(finding.record)) return putOffRectification(run, finding.id, null);
  if (finding.status === 'withdrawn') return callOff(look, finding, facts);
  // Looked at again when the campaign is resumed (store/campaign-state.ts); until then seldom.
  if (finding.paused)
    return putOffRectification(run, finding.id, new Date(Date.parse(now) + pausedMs).toISOString());
  if (isQuiet(now, facts.rules.quiet, facts.zone)) {
    const awake = outOfQuiet(now, facts.rules.quiet, facts.zone);
    return putOffRectification(run, finding.id, awake);
  }
  await take(look, finding, facts, stepsOf(finding, facts, now));
}

type Steps = ReturnType<typeof dueNow> & { at: string };

function stepsOf({ record, number }: Ordered, facts: CampaignFacts, now: string): Steps {
  const rules = { reminders: facts.rules, ledger: facts.ledger };
  const due = dueNow(record, rules, settingOf(facts, number, now), now);
  // Reminders may be wanted on rest days too; the chain never is.
  const isWorking = inWorkingTime(now, { ...facts, quiet: facts.rules.quiet }) === now;
  return { ...due, chase: isWorking ? due.chase : null, at: now };
}

async function take(look: Look, finding: Ordered, facts: CampaignFacts, steps: Steps): Promise<void> {
  const { run, now } = look;
  let record: Rectification = { ...finding.record, remindedTo: steps.remindedTo };
  if (steps.remind !== null) await remind(look, finding, facts, steps.remind);
  if (steps.chase !== null) {
    const people = await peopleAt(look, finding, facts, steps.chase.whom);
    await escalate(look, finding, facts, { step: steps.chase, people });
    record = chased(record, steps.chase, now, people.length > 0);
  }
  const setting = settingOf(facts, finding.number, now);
  const wakeAt = wakeOf(record, { reminders: facts.rules, ledger: facts.ledger }, setting);
  // What is overdue on a rest day waits for the next workday instead of being looked at again and again.
  const working = inWorkingTime(now, setting);
  const next = wakeAt !== null && wakeAt <= now && steps.chase === null && working > now ? working : wakeAt;
  await keepRectification(run, finding, record, next, now);
}

async function remind(
  { run, writes, now }: Look,
  finding: Ordered,
  facts: CampaignFacts,
  { step, kind }: NonNullable<Steps['remind']>,
): Promise<void> {
  const { number, record } = finding;
  const people = await peopleOf(run, record.unit, ['liaison']);
  const today = dateOf(now, facts.zone);
  const lines: Line[] = [
    { key: kind === 'overdue' ? 'ledger:remind.overdue' : 'ledger:remind', params: about(finding) },
    taskLine(record.task, today, facts.calendar),
    { key: 'ledger:remind.how', params: { number } },
  ];
  const tap = {
    command: 'reply',
    options: [{ id: String(number), label: { key: 'ledger:tap.reply' } as const }],
  };
  const key = `ledger:${finding.id}:${record.orderedAt}:${step}`;
  writes.outbox.push(...noticeRows(people, { key, lines, tap }, facts, { at: now, dueAt: now }));
  await note(run, finding, now, { kind: 'reminded', data: { step, people: people.length } });
}

/** Who stands at a level of the chain and can be written to. */
async function peopleAt(
  { run }: Look,
  finding: Ordered,
  { ledger }: CampaignFacts,
  level: ChaseLevel,
): Promise<Reachable[]> {
  const { campaignId, record } = finding;
  switch (level) {
    case 'owner':
      return peopleOf(run, record.unit, ['liaison']);
    case 'head':
      return peopleOf(run, record.unit, ['leader']);
    case 'coordinator':
      return ledgerCoordinators(run, finding);
    case 'group': {
      const unit = await unitByCode(run, campaignId, ledger.leadingGroup);
      return unit === null ? [] : peopleOf(run, unit, ['leader']);
    }
  }
}

async function escalate(
  { run, writes, now }: Look,
  finding: Ordered,
  facts: CampaignFacts,
  { step, people }: { step: ChaseStep; people: Reachable[] },
): Promise<void> {
  const { number, record } = finding;
  const at = { instant: step.since, zone: facts.zone };
  const lines: Line[] = [
    { key: waitingKey(record, step.since), params: { ...about(finding), at } },
    // Of no use to those who are to judge what was done.
    ...(countedDay(record) === null ? [] : [taskLine(record.task, dateOf(now, facts.zone), facts.calendar)]),
    { key: `ledger:chase.${step.whom}` },
    { key: 'ledger:chase.how', params: { number } },
  ];
  const options = [
    { id: String(number), label: { key: 'ledger:tap.noted' } as const },
    { id: `${number} pass`, label: { key: 'ledger:tap.pass' } as const },
  ];
  const isLast = step.whom === 'group';
  const tap = { command: 'noted', options: isLast ? options.slice(0, 1) : options };
  const key = `ledger:${finding.id}:chase:${step.since}:${step.level}`;
  writes.outbox.push(...noticeRows(people, { key, lines, tap }, facts, { at: now, dueAt: now }));
  const data = { level: step.whom, people: people.length };
  await note(run, finding, now, { kind: people.length > 0 ? 'escalated' : 'unmanned', data });
  writes.audit.push(ledgerEvent(finding, { at: now, by: null, what: 'escalated', data }));
}

/** What is waited for, in one sentence. */
function waitingKey({ state, extension, since: last }: Rectification, since: string): SentenceKey {
  if (extension !== null) return 'ledger:waiting.extension';
  if (state === 'disputed') return 'ledger:waiting.disputed';
  if (state === 'replied' || state === 'verified') return `ledger:waiting.${state}`;
  return state === 'ordered' && since === last ? 'ledger:waiting.ordered' : 'ledger:waiting.late';
}

function note(
  run: Run,
  { id }: LedgerFinding,
  at: string,
  event: { kind: string; data: Record<string, unknown> },
): Promise<void> {
  return recordEvent(run, { findingId: id, at, by: null, who: null, ...event });
}

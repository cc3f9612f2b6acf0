import { dateOf, instantOf, outOfQuiet, quietOf } from '../campaign/instant.ts';
import { digestAt, type ReminderRules } from '../campaign/reminder.ts';
import { channelOf } from '../channels/address.ts';
import type { Line, Say } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { inTransaction, runOn } from '../store/database.ts';
import {
  dueDigests,
  lockDueDigest,
  type Overdue,
  type OverdueTask,
  overdueOf,
  setDigestAt,
} from '../store/digests.ts';
import type { CampaignFacts } from '../store/library.ts';
import { coordinatorsOf, type ReachableCoordinator } from '../store/reach.ts';
import { commitWrites, noWrites, type OutboxRow, priority, type Run } from '../store/writes.ts';
import { lateParams, lateWith } from './due-line.ts';
import { does } from './mode-words.ts';
import type { RemindOptions } from './remind.ts';

/** Tasks named in one digest; more than that nobody reads in a chat. */
const namedMax = 30;
/** How long a campaign's digest is put off when a fault keeps it from being made. */
const putOffMs = 3_600_000;

/**
 * Sends each coordinator one message on what is overdue, for up to `limit` campaigns whose digest is due; nothing when
 * nothing is overdue. Safe in any number of processes at once. After an outage there is one digest, of today.
 * @returns how many campaigns were looked at; 0 when nothing more is due now
 */
export async function sendDueDigests(options: RemindOptions, limit: number): Promise<number> {
  const { database, clock, log } = options;
  const now = clock.now().toISOString();
  const due = await dueDigests(runOn(database.pool), now, limit);
  let count = 0;
  for (const id of due) {
    try {
      if (await inTransaction(database.pool, (run) => sendDigest(run, options, id, now))) count += 1;
    } catch (err) {
      log.error({ err, campaign: id }, 'a digest could not be made; putting it off');
      await setDigestAt(runOn(database.pool), id, new Date(Date.parse(now) + putOffMs).toISOString());
    }
  }
  return count;
}

async function sendDigest(
  run: Run,
  { library }: RemindOptions,
  campaignId: string,
  now: string,
): Promise<boolean> {
  const locked = await lockDueDigest(run, campaignId, now);
  if (locked === null) return false;
  const campaign = await library.campaign(campaignId);
  const { zone, quiet } = campaign.rules;
  const awake = outOfQuiet(now, quiet, zone);
  if (!locked.running) await setDigestAt(run, campaignId, null);
  else if (awake > now) await setDigestAt(run, campaignId, awake);
  else {
    const today = dateOf(now, zone);
    const overdue = await overdueOf(run, campaignId, today, namedMax);
    await setDigestAt(run, campaignId, nextDigest(campaign, overdue, now));
    if (!isDigestDay(campaign, today, now)) return true;
    const outbox = (await coordinatorsOf(run, campaignId)).flatMap((coordinator) =>
      rowsFor(coordinator, { campaignId, title: locked.title, overdue, today, now, rules: campaign.rules }),
    );
    if (outbox.length > 0) await commitWrites(run, { ...noWrites(), outbox });
  }
  return true;
}

interface Digest {
  campaignId: string;
  title: Text;
  overdue: Overdue;
  today: string;
  now: string;
  rules: ReminderRules;
}

/**
 * What one coordinator is told: one message that is the same for all, and one of each hidden activity that their own unit
 * coordinates (JX-4.4), apart, so that nothing about the first tells of the other.
 */
function rowsFor(
  { contactId, address, units }: ReachableCoordinator,
  { campaignId, title, overdue, today, now, rules: { quiet, zone } }: Digest,
): OutboxRow[] {
  const row = (key: string, say: Say): OutboxRow => ({
    key: `digest:${key}:${today}:${contactId}`,
    channel: channelOf(address),
    address,
    contactId,
    priority: priority.deadline,
    say,
    at: now,
    dueAt: now,
    ...quietOf(now, quiet, zone),
  });
  const rows = overdue.count === 0 ? [] : [row(campaignId, words(title, overdue, overdue.tasks, today))];
  const own = overdue.hidden.filter(({ unit }) => unit !== null && units.includes(unit));
  for (const secret of new Set(own.map(({ activity }) => activity))) {
    const tasks = own.filter(({ activity }) => activity === secret);
    rows.push({ ...row(secret, words(title, totalsOf(tasks[0]), tasks, today)), secret });
  }
  return rows;
}

/** Whether today's digest is due: a missed one of yesterday is no reason to write on a rest day. */
function isDigestDay({ rules, calendar }: CampaignFacts, today: string, now: string): boolean {
  const midnight = Date.parse(instantOf(today, '00:00', rules.zone));
  const at = digestAt(rules, calendar, new Date(midnight - 1).toISOString());
  return at <= now && dateOf(at, rules.zone) === today;
}

/** Not before something can be overdue; never again once all is reported. */
function nextDigest({ rules, calendar }: CampaignFacts, { earliest }: Overdue, now: string): string | null {
  if (earliest === null) return null;
  const over = instantOf(earliest, '23:59', rules.zone);
  return digestAt(rules, calendar, over > now ? over : now);
}

type Totals = Pick<Overdue, 'count' | 'works'>;

function totalsOf(one: Overdue['hidden'][number] | undefined): Totals {
  return { count: one?.total ?? 0, works: one?.works ?? 0 };
}

function words(campaign: Text, { count, works }: Totals, tasks: OverdueTask[], today: string): Say {
  const kind = works === 0 ? '' : works === count ? '.finish' : '.mixed';
  const totals = { count, works, reports: count - works };
  const lines: Line[] = [
    { key: `conversation:digest.title${kind}`, params: { campaign, ...totals, date: { date: today } } },
    ...tasks.map((task) => taskLine(task, today)),
  ];
  const unnamed = count - tasks.length;
  if (unnamed > 0) lines.push({ key: 'conversation:digest.more', params: { count: unnamed } });
  lines.push({ key: 'conversation:digest.reply' });
  return { lines };
}

function taskLine({ mode, assignee, target, ...days }: OverdueTask, today: string): Line {
  const late = lateWith(days, today);
  const key = `conversation:digest.task${late === 'all' ? '' : (`.${late}` as const)}` as const;
  return { key, params: { assignee, does: does(mode, target), ...lateParams(days, today) } };
}

import { dateOf, instantOf, outOfQuiet, quietOf } from '../campaign/instant.ts';
import { digestAt, nextDigestAt, type ReminderRules } from '../campaign/reminder.ts';
import { channelOf } from '../channels/address.ts';
import type { Line, Say } from '../flow/say.ts';
import type { Language, Text } from '../flow/text.ts';
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
import { coordinatorsOf, languagesOf, type ReachableCoordinator } from '../store/reach.ts';
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
export async function sendDueDigests(
  options: RemindOptions,
  limit: number,
  draw: DrawDigest = async () => null,
): Promise<number> {
  const { database, clock, log } = options;
  const now = clock.now().toISOString();
  const due = await dueDigests(runOn(database.pool), now, limit);
  let count = 0;
  for (const id of due) {
    try {
      if (await inTransaction(database.pool, (run) => sendDigest(run, { ...options, draw }, id, now)))
        count += 1;
    } catch (err) {
      log.error({ err, campaign: id }, 'a digest could not be made; putting it off');
      await setDigestAt(runOn(database.pool), id, new Date(Date.parse(now) + putOffMs).toISOString());
    }
  }
  return count;
}

/** What goes along with a digest: a file that is kept already, and what it shows in words. */
export interface DigestPicture {
  attachment: string;
  lines: Line[];
}

/** Draws how a campaign stands, in one language; null where it could not be drawn, which keeps no digest back. */
export type DrawDigest = (
  run: Run,
  campaignId: string,
  language: Language,
  at: string,
) => Promise<DigestPicture | null>;

async function sendDigest(
  run: Run,
  { library, draw }: RemindOptions & { draw: DrawDigest },
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
    if (locked.paused || !isDigestDay(campaign, today, now)) return true;
    const coordinators = await coordinatorsOf(run, campaignId);
    const isSent = overdue.count > 0 || (campaign.rules.daily !== undefined && overdue.earliest !== null);
    const digest = { campaignId, title: locked.title, overdue, today, now, rules: campaign.rules, isSent };
    const pictures = isSent ? await picturesFor(run, coordinators, draw, digest) : new Map<string, null>();
    const outbox = coordinators.flatMap((one) => rowsFor(one, digest, pictures.get(one.contactId) ?? null));
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
  /** Whether there is something to tell those who know of nothing hidden. */
  isSent: boolean;
}

/** A picture for each coordinator, drawn once in each of their languages. */
async function picturesFor(
  run: Run,
  coordinators: readonly ReachableCoordinator[],
  draw: DrawDigest,
  { campaignId, now }: Digest,
): Promise<Map<string, DigestPicture | null>> {
  const ids = coordinators.map(({ contactId }) => contactId);
  const languages = await languagesOf(run, ids);
  const drawn = new Map<Language, DigestPicture | null>();
  for (const language of new Set(languages.values()))
    drawn.set(language, await draw(run, campaignId, language, now));
  return new Map(ids.map((id) => [id, drawn.get(languages.get(id) ?? 'zh-CN') ?? null]));
}

/**
 * What one coordinator is told: one message that is the same for all, and one of each hidden activity that their own unit
 * coordinates (JX-4.4), apart, so that nothing about the first tells of the other.
 */
function rowsFor(
  { contactId, address, units }: ReachableCoordinator,
  { campaignId, title, overdue, today, now, isSent, rules: { quiet, zone } }: Digest,
  picture: DigestPicture | null,
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
  const rows = isSent ? [row(campaignId, pictured(openWords(title, overdue, today), picture))] : [];
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
  return nextDigestAt(rules, calendar, earliest, now);
}

/** What everybody may know: what is overdue, or on a day without that, that nothing is. */
function openWords(campaign: Text, overdue: Overdue, today: string): Say {
  if (overdue.count > 0) return words(campaign, overdue, overdue.tasks, today);
  return { lines: [{ key: 'charts:digest.calm', params: { campaign, date: { date: today } } }] };
}

/** The same with a picture, and what that shows in words. */
function pictured(say: Say, picture: DigestPicture | null): Say {
  if (picture === null) return say;
  return { ...say, lines: [...say.lines, ...picture.lines], attachments: [picture.attachment] };
}

/**
 * The digest as it would be at this moment, for somebody who asks: one message that is the same for all, and one of each of these
 * hidden activities (ids) with something overdue.
 */
export async function digestNow(
  run: Run,
  {
    campaignId,
    title,
    today,
    secrets,
  }: { campaignId: string; title: Text; today: string; secrets: string[] },
): Promise<{ say: Say; secret: string | null }[]> {
  const overdue = await overdueOf(run, campaignId, today, namedMax);
  const own = secrets.flatMap((secret) => {
    const tasks = overdue.hidden.filter(({ activity }) => activity === secret);
    return tasks.length === 0 ? [] : [{ say: words(title, totalsOf(tasks[0]), tasks, today), secret }];
  });
  return [{ say: openWords(title, overdue, today), secret: null }, ...own];
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

import type { Line, Param, Params } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { type SatisfactionSummary, type Share, shownFrom, summarise } from '../satisfaction/summary.ts';
import { pausedSince } from '../store/campaign-state.ts';
import { lateUnits, openFindings, type TaskCount, taskCounts } from '../store/counts.ts';
import { levelsOf } from '../store/tallies.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';
import { countedLines } from './counted-lines.ts';
import { provisionalLines, timeLeft, todayIn } from './time-left.ts';

/** Names of those who are late that one message holds. */
const namesMax = 50;

/**
 * Title, every activity that is not hidden, open findings, figures, what citizens say. Nothing is counted now: see store/counts.ts.
 * @param secrets hidden activities (ids) whose findings are counted too: where nobody else reads, those that the person knows all of
 */
export async function totalLines(
  context: CommandContext,
  campaign: CampaignInQuestion,
  secrets: readonly string[],
): Promise<Line[]> {
  const { id, title, zone } = campaign;
  const head: Line = { key: 'commands:status.title', params: { title, at: { instant: context.at, zone } } };
  const since = await pausedSince(context.run, id);
  const paused: Line[] =
    since === null ? [] : [{ key: 'desk:status.paused', params: { at: { instant: since, zone } } }];
  return [
    head,
    ...paused,
    ...(await activityLines(context, id, { hidden: false })),
    { key: 'commands:status.findings', params: { open: await openFindings(context.run, id, secrets) } },
    ...(await countedLines(context, id)),
    ...(await satisfactionLines(context, campaign)),
  ];
}

/** Which activities: all that are not hidden, or some that are. */
type Which = { hidden: boolean; id?: { in: string[] } };

export async function activityLines(
  context: CommandContext,
  campaignId: string,
  which: Which,
): Promise<Line[]> {
  const { transaction, library, at, run } = context;
  const counts = await taskCounts(run, campaignId);
  const activities = await transaction.activity.findMany({
    where: { campaignId, ...which },
    select: { id: true, title: true, dueOn: true },
    orderBy: [{ dueOn: 'asc' }, { code: 'asc' }],
  });
  const facts = await library.campaign(campaignId);
  const day = todayIn(facts, at);
  const lines = activities.map(({ id, title, dueOn }): Line => {
    const own = counts.filter(({ activityId }) => activityId === id);
    const total = sum(own);
    const done = sum(own.filter(({ reported }) => reported));
    const read = sum(own.filter(({ acknowledged }) => acknowledged));
    const params = { title: title as Text, done, total, read, due: { date: dueOn } };
    const reportOn = lastReportDay(own) ?? dueOn;
    if (reportOn <= dueOn)
      return { key: 'commands:status.activity', params: { ...params, left: timeLeft(dueOn, day) } };
    const left: Param =
      day.today <= dueOn
        ? timeLeft(dueOn, day)
        : { key: 'commands:left.report', params: { report: timeLeft(reportOn, day) } };
    const report = { date: reportOn };
    return { key: 'commands:status.activity.report', params: { ...params, report, left } };
  });
  const days = activities.map(({ dueOn }) => dueOn);
  return [...lines, ...provisionalLines(days, facts.calendar)];
}

function sum(counts: readonly TaskCount[]): number {
  return counts.reduce((total, { n }) => total + n, 0);
}

/** The last day of the reports that have one of their own (MDJ-3.5): once the work is done, `dueOn` is that. */
function lastReportDay(counts: readonly TaskCount[]): string | undefined {
  return counts
    .flatMap(({ dueOn, reportOn, finishOn }) => (finishOn === null ? (reportOn ?? []) : dueOn))
    .sort()
    .at(-1);
}

/** Tasks past a day of theirs with no report in: how many, and of which units. */
export interface Overdue {
  /** Whether the report is late, or the work alone: its report has a later day that is not over (MDJ-3.5). */
  late: 'report' | 'work';
  count: number;
  units: Text[];
  /** Whether there are units that are not named. */
  more: boolean;
}

/** Late reports and late work, apart; neither where there is none. */
export async function overdueOf(
  context: CommandContext,
  { id }: CampaignInQuestion,
  which: Which = { hidden: false },
): Promise<Overdue[]> {
  const { run, library, transaction, at } = context;
  const { today } = todayIn(await library.campaign(id), at);
  const rows = await transaction.activity.findMany({
    where: { campaignId: id, ...which },
    select: { id: true },
  });
  const activities = rows.map((row) => row.id);
  const late = (await taskCounts(run, id)).filter(
    ({ activityId, reported, dueOn }) => activities.includes(activityId) && !reported && dueOn < today,
  );
  const both: Overdue[] = [];
  for (const kind of ['report', 'work'] as const) {
    const isWork = ({ reportOn }: TaskCount) => reportOn !== null && reportOn >= today;
    const count = sum(late.filter((one) => isWork(one) === (kind === 'work')));
    if (count === 0) continue;
    const { names, more } = await lateUnits(run, activities, { late: kind, today, namesMax });
    both.push({ late: kind, count, units: names, more });
  }
  return both;
}

export function overdueLines(overdue: Overdue[]): Line[] {
  return overdue.flatMap(({ late, count, units, more }): Line[] => {
    const key = late === 'work' ? 'commands:status.overdue.work' : 'commands:status.overdue';
    const line: Line = { key, params: { count, units: { list: units } } };
    return more ? [line, { key: 'commands:status.overdue.more' }] : [line];
  });
}

/** The same where others read along: without names. */
export function overdueCounts(overdue: Overdue[]): Line[] {
  return overdue.map(({ late, count }) => ({
    key: late === 'work' ? 'commands:status.overdue.work.count' : 'commands:status.overdue.count',
    params: { count },
  }));
}

/**
 * Of activities kept secret from the inspected: their own coordinators see them as any other, to the others nothing is said, no
 * number either: it would move when somebody is sent (JX-4.4). For the person alone.
 * @param all those (ids) that the person knows all of
 */
export async function hiddenLines(
  context: CommandContext,
  campaign: CampaignInQuestion,
  all: string[],
): Promise<Line[]> {
  if (all.length === 0) return [];
  const own = { hidden: true, id: { in: all } };
  return [
    ...(await activityLines(context, campaign.id, own)),
    ...overdueLines(await overdueOf(context, campaign, own)),
  ];
}

/** What citizens said of their own accord, and apart from it what inspectors were told by those they asked (JX-3.2 item 7). */
async function satisfactionLines(context: CommandContext, campaign: CampaignInQuestion): Promise<Line[]> {
  if ((await context.library.campaign(campaign.id)).survey === undefined) return [];
  const { own, interviewed } = await levelsOf(context.run, campaign.id);
  const lines = summaryLines(summarise(own), ownWords);
  const asked = summarise(interviewed);
  return asked.n === 0 ? lines : [...lines, ...summaryLines(asked, interviewWords)];
}

const ownWords = {
  few: 'commands:status.survey.few',
  count: 'commands:status.survey.count',
  negative: 'commands:status.survey',
} as const;
const interviewWords = {
  few: 'modes:interview.status.few',
  count: 'modes:interview.status.count',
  negative: 'modes:interview.status',
} as const;

function summaryLines(
  { n, satisfied, notNegative, negative }: SatisfactionSummary,
  words: typeof ownWords | typeof interviewWords,
): Line[] {
  if (n === 0) return [{ key: 'commands:status.survey.none' }];
  if (n < shownFrom) return [{ key: words.few, params: { from: shownFrom } }];
  const lines: Line[] = [
    negative === null
      ? { key: words.count, params: { n } }
      : { key: words.negative, params: { n, negative } },
  ];
  if (satisfied !== null)
    lines.push({ key: 'commands:status.survey.satisfied', params: shareParams(satisfied) });
  if (notNegative !== null)
    lines.push({ key: 'commands:status.survey.not-negative', params: shareParams(notNegative) });
  if (satisfied === null || notNegative === null)
    lines.push({ key: 'commands:status.survey.hidden', params: { from: shownFrom } });
  return lines;
}

function shareParams({ percent, low, high }: Share): Params {
  return { percent, low, high };
}

import type { Line, Param, Params } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { type SatisfactionSummary, type Share, shownFrom, summarise } from '../satisfaction/summary.ts';
import type { Prisma } from '../store/prisma/client.ts';
import { levelsOf } from '../store/tallies.ts';
import type { Run } from '../store/writes.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';
import { countedLines } from './counted-lines.ts';
import { hiddenBySight } from './sight.ts';
import { surveyFlow } from './survey-flow.ts';
import { provisionalLines, timeLeft, todayIn } from './time-left.ts';

/** Names of those who are late that one message holds. */
const namesMax = 50;

/** Title, every activity that is not hidden, open findings, figures, what citizens say. Each is one count in the database. */
export async function totalLines(context: CommandContext, campaign: CampaignInQuestion): Promise<Line[]> {
  const { id, title, zone } = campaign;
  const head: Line = { key: 'commands:status.title', params: { title, at: { instant: context.at, zone } } };
  const open = await context.transaction.finding.count({
    where: { campaignId: id, status: 'open', NOT: { assignment: { activity: { hidden: true } } } },
  });
  return [
    head,
    ...(await activityLines(context, id, { hidden: false })),
    { key: 'commands:status.findings', params: { open } },
    ...(await countedLines(context, id)),
    ...(await satisfactionLines(context, campaign)),
  ];
}

async function activityLines(
  context: CommandContext,
  campaignId: string,
  which: { hidden: boolean; id?: { in: string[] } },
): Promise<Line[]> {
  const { transaction, library, at } = context;
  const counts = await transaction.assignment.groupBy({
    by: ['activityId'],
    where: { activity: { campaignId, ...which } },
    _count: { _all: true, acknowledgedAt: true, reportedAt: true },
  });
  const reports = await reportDays(context.run, campaignId);
  const counted = new Map(counts.map(({ activityId, _count }) => [activityId, _count]));
  const activities = await transaction.activity.findMany({
    where: { campaignId, ...which },
    select: { id: true, title: true, dueOn: true },
    orderBy: [{ dueOn: 'asc' }, { code: 'asc' }],
  });
  const facts = await library.campaign(campaignId);
  const day = todayIn(facts, at);
  const lines = activities.map(({ id, title, dueOn }): Line => {
    const { _all: total = 0, acknowledgedAt: read = 0, reportedAt: done = 0 } = counted.get(id) ?? {};
    const params = { title: title as Text, done, total, read, due: { date: dueOn } };
    const reportOn = reports.get(id) ?? dueOn;
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

/** The last day of the reports that have one of their own (MDJ-3.5), by activity. */
async function reportDays(run: Run, campaignId: string): Promise<Map<string, string>> {
  const rows = await run<{ id: string; last: string }>(
    `SELECT v.id::text, max(CASE WHEN a.finish_on IS NULL THEN a.report_on ELSE a.due_on END) AS last
     FROM activity v JOIN assignment a ON a.activity_id = v.id
     WHERE v.campaign_id = $1::uuid AND (a.report_on IS NOT NULL OR a.finish_on IS NOT NULL) GROUP BY v.id`,
    [campaignId],
  );
  return new Map(rows.map(({ id, last }) => [id, last]));
}

/** Tasks past a day of theirs with no report in: how many, and of which units. */
export interface Overdue {
  /** Whether the report is late, or the work alone: its report has a later day that is not over (MDJ-3.5). */
  late: 'report' | 'work';
  count: number;
  units: Text[];
  /** Units that are not named. */
  more: number;
}

/** Late reports and late work, apart; neither where there is none. */
export async function overdueOf(
  context: CommandContext,
  { id }: CampaignInQuestion,
  which: { hidden: boolean; id?: { in: string[] } } = { hidden: false },
): Promise<Overdue[]> {
  const { today } = todayIn(await context.library.campaign(id), context.at);
  const own = { reportedAt: null, dueOn: { lt: today }, activity: { campaignId: id, ...which } };
  const ended = { OR: [{ reportOn: null }, { reportOn: { lt: today } }] };
  const reports = await lateOf(context, id, { ...own, ...ended });
  const works = await lateOf(context, id, { ...own, reportOn: { gte: today } });
  const both: Overdue[] = [
    { late: 'report', ...reports },
    { late: 'work', ...works },
  ];
  return both.filter(({ count }) => count > 0);
}

async function lateOf(
  { transaction }: CommandContext,
  campaignId: string,
  late: Prisma.AssignmentWhereInput,
): Promise<Omit<Overdue, 'late'>> {
  const count = await transaction.assignment.count({ where: late });
  if (count === 0) return { count, units: [], more: 0 };
  const where = { campaignId, inspecting: { some: late } };
  const all = await transaction.unit.count({ where });
  const rows = await transaction.unit.findMany({
    where,
    select: { name: true },
    orderBy: { code: 'asc' },
    take: namesMax,
  });
  return { count, units: rows.map(({ name }) => name as Text), more: all - rows.length };
}

export function overdueLines(overdue: Overdue[]): Line[] {
  return overdue.flatMap(({ late, count, units, more }): Line[] => {
    const key = late === 'work' ? 'commands:status.overdue.work' : 'commands:status.overdue';
    const line: Line = { key, params: { count, units: { list: units } } };
    return more > 0 ? [line, { key: 'commands:status.overdue.more', params: { left: more } }] : [line];
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
 * Of activities kept secret from the inspected: their own coordinators see them as any other, the others only how many tasks
 * there are and how many are in (JX-4.4). For the person alone.
 */
export async function hiddenLines(context: CommandContext, campaign: CampaignInQuestion): Promise<Line[]> {
  const { all, count } = await hiddenBySight(context, campaign.id, true);
  const own = { hidden: true, id: { in: all } };
  const lines =
    all.length === 0
      ? []
      : [
          ...(await activityLines(context, campaign.id, own)),
          ...overdueLines(await overdueOf(context, campaign, own)),
        ];
  const counts = await context.transaction.assignment.aggregate({
    where: { activityId: { in: count } },
    _count: { _all: true, reportedAt: true },
  });
  const { _all: total, reportedAt: done } = counts._count;
  if (total > 0) lines.push({ key: 'commands:status.secret', params: { done, total } });
  return lines;
}

/** What citizens said of their own accord, and apart from it what inspectors were told by those they asked (JX-3.2 item 7). */
async function satisfactionLines(context: CommandContext, campaign: CampaignInQuestion): Promise<Line[]> {
  const survey = await surveyFlow(context, campaign.code);
  if (survey === null) return [];
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

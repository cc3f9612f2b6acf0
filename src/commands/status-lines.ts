import type { Line, Params } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { type SatisfactionSummary, type Share, shownFrom, summarise } from '../satisfaction/summary.ts';
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
  { transaction, library, at }: CommandContext,
  campaignId: string,
  which: { hidden: boolean; id?: { in: string[] } },
): Promise<Line[]> {
  const counts = await transaction.assignment.groupBy({
    by: ['activityId'],
    where: { activity: { campaignId, ...which } },
    _count: { _all: true, acknowledgedAt: true, reportedAt: true },
  });
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
    const due = { due: { date: dueOn }, left: timeLeft(dueOn, day) };
    return { key: 'commands:status.activity', params: { title: title as Text, done, total, read, ...due } };
  });
  const days = activities.map(({ dueOn }) => dueOn);
  return [...lines, ...provisionalLines(days, facts.calendar)];
}

/** Tasks past their due day with no report in: how many, and of which units. */
export interface Overdue {
  count: number;
  units: Text[];
  /** Units that are not named. */
  more: number;
}

export async function overdueOf(
  { transaction, library, at }: CommandContext,
  { id }: CampaignInQuestion,
  which: { hidden: boolean; id?: { in: string[] } } = { hidden: false },
): Promise<Overdue> {
  const { today } = todayIn(await library.campaign(id), at);
  const late = { reportedAt: null, dueOn: { lt: today }, activity: { campaignId: id, ...which } };
  const count = await transaction.assignment.count({ where: late });
  if (count === 0) return { count, units: [], more: 0 };
  const where = { campaignId: id, inspecting: { some: late } };
  const all = await transaction.unit.count({ where });
  const rows = await transaction.unit.findMany({
    where,
    select: { name: true },
    orderBy: { code: 'asc' },
    take: namesMax,
  });
  return { count, units: rows.map(({ name }) => name as Text), more: all - rows.length };
}

export function overdueLines({ count, units, more }: Overdue): Line[] {
  if (count === 0) return [];
  const lines: Line[] = [{ key: 'commands:status.overdue', params: { count, units: { list: units } } }];
  if (more > 0) lines.push({ key: 'commands:status.overdue.more', params: { left: more } });
  return lines;
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
  const own = await satisfactionFrom(context, campaign, { source: 'self' });
  if (own === null) return [];
  // Those asked on a hidden inspection would tell that there is one (JX-4.4).
  const interviewed = { source: 'interview', interview: { activity: { hidden: false } } };
  const asked = await satisfactionFrom(context, campaign, interviewed);
  const lines = summaryLines(own, ownWords);
  return asked === null || asked.n === 0 ? lines : [...lines, ...summaryLines(asked, interviewWords)];
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

/** Null for a campaign whose citizens rate nothing. */
async function satisfactionFrom(
  context: CommandContext,
  { id, code }: CampaignInQuestion,
  from: { source: string; interview?: { activity: { hidden: boolean } } },
): Promise<SatisfactionSummary | null> {
  const survey = await surveyFlow(context, code);
  if (survey === null) return null;
  const flow = await context.library.flow(survey.id, survey.version);
  const question = flow.questions.find(({ type }) => type === 'level')?.id;
  if (question === undefined) return null;
  const groups = await context.transaction.answer.groupBy({
    by: ['value'],
    where: {
      question,
      replacedAt: null,
      session: { campaignId: id, flowId: survey.id, status: 'completed', ...from },
    },
    _count: { _all: true },
  });
  const at = (level: number) => groups.find(({ value }) => value === level)?._count._all ?? 0;
  return summarise([at(1), at(2), at(3), at(4), at(5)]);
}

function summaryLines(
  { n, satisfied, notNegative, negative }: SatisfactionSummary,
  words: typeof ownWords | typeof interviewWords,
): Line[] {
  if (n === 0) return [{ key: 'commands:status.survey.none' }];
  if (n < shownFrom) return [{ key: words.few, params: { n, from: shownFrom } }];
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

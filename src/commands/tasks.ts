import { dateOf } from '../campaign/instant.ts';
import { countedDay } from '../campaign/rectification/chase.ts';
import { Rectification } from '../campaign/rectification/record.ts';
import { leftOf } from '../conversation/order-notice.ts';
import type { Line, Param, SentenceKey } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignFacts } from '../store/library.ts';
import { type Command, type CommandContext, hasRole, seesCampaign } from './command.ts';
import { ownAssignments, unitsAs } from './own-assignments.ts';
import { called, tellUncalled } from './people-called.ts';
import { isListed, keptTo, namedRows } from './several.ts';
import { taskLines } from './task-lines.ts';
import { filterFor, pageIn, taskPage } from './task-rows.ts';

/** Open findings told at once to a liaison; the rest is in 问题清单. */
const findingsMax = 10;

/**
 * 我的任务: what is mine to do. Inspectors see their inspections, liaisons what was found at their own unit; whoever sees the whole
 * campaign can ask about a unit or somebody: `任务 南湖区`, `任务 @某人`.
 */
export const tasks: Command = {
  name: 'tasks',
  words: { 'zh-CN': ['我的任务', '任务', '查看任务'], en: ['my tasks', 'tasks', 'my task'] },
  takes: /(?<=[\s:,，@])\S.{0,60}|@\S.{0,60}/,
  bare: true,
  help: 'commands:tasks.line',
  run: async (context, rest) => {
    const whom = rest.trim();
    if (whom !== '') return tasksOfOthers(context, whom);
    const all = await ownAssignments(context, 'inspector', 'leader');
    const own = all.filter(({ campaignId }) => isListed(context, campaignId));
    const lines: Line[] =
      own.length === 0 ? [] : [{ key: 'commands:tasks.title', params: { count: own.length } }];
    lines.push(...(await taskLines(context, own)), ...(await foundAtOwnUnit(context)));
    if (hasRole(context, 'coordinator')) lines.push({ key: 'commands:tasks.coordinator' });
    if (lines.length === 0) lines.push({ key: 'commands:tasks.none' });
    context.replyPrivately({ lines: [...lines, ...keptTo(context)] });
  },
};

/** The open tasks of a unit, or of the units of somebody. */
async function tasksOfOthers(context: CommandContext, words: string): Promise<void> {
  const { campaign } = context;
  if (campaign === null) return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
  if (!seesCampaign(context)) return context.replyPrivately({ lines: [{ key: 'desk:tasks.own-only' }] });
  const whom = words.replace(/[\s,，]+第?\d{1,3}页?$/u, '');
  const found = await called(context, campaign, whom);
  if (found.kind === 'unknown' || found.kind === 'several') return tellUncalled(context, whom, found);
  const units = found.kind === 'unit' ? [found.id] : found.person.units;
  const name: Param =
    found.kind === 'unit' ? found.name : (found.person.title ?? { key: 'desk:who.untitled' });
  const page = words === whom ? 1 : pageIn(` ${words}`);
  const filter = { ...(await filterFor(context, campaign.id)), units, before: null };
  const more = { 'zh-CN': `任务 ${whom}`, en: `tasks ${whom}` };
  const { total, lines } = await taskPage(context, filter, { page, more });
  const head: Line =
    total === 0
      ? { key: 'desk:tasks.none', params: { name } }
      : { key: 'desk:tasks.of', params: { name, count: total } };
  context.replyPrivately({ lines: [head, ...lines] });
}

/** What was found at the units this person answers for; secret inspections, and what is for coordinators only, stay out of it. */
async function foundAtOwnUnit(context: CommandContext): Promise<Line[]> {
  const units = unitsAs(context, 'liaison');
  if (units.length === 0) return [];
  const where = {
    unitId: { in: units },
    status: 'open',
    seenBy: 'unit',
    ...(context.isChosen && context.campaign !== null ? { campaignId: context.campaign.id } : {}),
    NOT: { assignment: { activity: { hidden: true } } },
  };
  const count = await context.transaction.finding.count({ where });
  if (count === 0) return [{ key: 'commands:tasks.found.none' }];
  const rows = await context.transaction.finding.findMany({
    where,
    select: { number: true, problem: true, rectification: { select: { record: true } }, campaignId: true },
    orderBy: { number: 'asc' },
    take: findingsMax,
  });
  const lines: Line[] = [{ key: 'commands:tasks.found', params: { count } }];
  const named = await namedRows(
    context,
    rows.map(({ number, problem, campaignId }) => ({
      campaignId,
      line: { key: 'commands:tasks.found.one', params: { number, problem: problem as Text } },
    })),
  );
  for (const [index, { number, campaignId, rectification }] of rows.entries()) {
    const record = rectification === null ? null : Rectification.parse(rectification.record);
    const facts = await context.library.campaign(campaignId);
    lines.push(...named.slice(index, index + 1), standingLine(record, number, facts, context.at));
  }
  if (count > rows.length)
    lines.push({ key: 'commands:tasks.found.more', params: { left: count - rows.length } });
  return lines;
}

/** How far a problem of one's own unit is, by when it is due and what comes next. */
function standingLine(
  record: Rectification | null,
  number: number,
  { zone, calendar }: Pick<CampaignFacts, 'zone' | 'calendar'>,
  at: string,
): Line {
  // One that was called off, while the problem is there again.
  if (record === null || record.state === 'revoked') return { key: 'ledger:own.none' };
  const stage = record.extension === null ? record.state : 'extension';
  const state: Param = { key: `ledger:state.${stage}` };
  const next: Param = { key: nextOf(record), params: { number } };
  const day = countedDay(record);
  if (day === null) return { key: 'ledger:own.judged', params: { state, next } };
  const left = leftOf(day, dateOf(at, zone), calendar);
  return { key: 'ledger:own.due', params: { state, due: { date: day }, left, next } };
}

function nextOf({ state, extension }: Rectification): SentenceKey {
  if (extension !== null) return 'ledger:own.next.extension';
  switch (state) {
    case 'ordered':
      return 'ledger:own.next.ordered';
    case 'accepted':
    case 'working':
    case 'returned':
    case 'reopened':
      return `ledger:own.next.${state === 'returned' ? 'returned' : 'reply'}`;
    case 'replied':
    case 'verified':
    case 'disputed':
      return `ledger:own.next.${state}`;
    case 'closed':
    case 'revoked':
    case 'merged':
    case 'split':
      return 'ledger:own.next.over';
  }
}

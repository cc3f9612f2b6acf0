import { pagePart } from '../conversation/page-part.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { numberIn } from './choose-assignment.ts';
import { type Command, type CommandContext, seesCampaign } from './command.ts';
import { unitsAs } from './own-assignments.ts';
import { namedRows } from './several.ts';
import { hiddenBySight, noteSeen } from './sight.ts';

const pageSize = 10;
/** Pictures of one message. */
const filesMax = 9;

/** 问题清单: the open findings that concern this person; a coordinator sees the campaign's. */
export const findings: Command = {
  name: 'findings',
  words: { 'zh-CN': ['问题清单', '问题列表'], en: ['findings', 'problems', 'list of problems'] },
  takes: /(?:第\s*)?\d{1,4}\s*页?|[#＃]\s*\d{1,9}|\d{1,9}\s*号/,
  bare: false,
  ofCampaign: true,
  ofAll: true,
  help: 'commands:findings.line',
  run: async (context, rest) => {
    const { transaction } = context;
    const isOne = /[#＃号]/.test(rest);
    const where = await concerning(context, isOne);
    if (isOne) return show(context, where, numberIn(rest) ?? 0);
    const count = await transaction.finding.count({ where });
    if (count === 0) return context.replyPrivately({ lines: [{ key: 'commands:findings.none' }] });
    const pages = Math.ceil(count / pageSize);
    const page = numberIn(rest) ?? 1;
    if (page < 1 || page > pages)
      return context.replyPrivately({
        lines: [{ key: 'commands:findings.no-page', params: { page, pages } }],
      });
    const rows = await transaction.finding.findMany({
      where,
      select: {
        number: true,
        campaignId: true,
        problem: true,
        openedAt: true,
        attachments: true,
        unit: { select: { name: true } },
        campaign: { select: { zone: true } },
        assignment: { select: { activity: { select: { id: true, campaignId: true, hidden: true } } } },
      },
      orderBy: { number: 'asc' },
      skip: (page - 1) * pageSize,
      take: pageSize,
    });
    const shown = rows.flatMap(({ assignment }) => assignment?.activity ?? []);
    noteSeen(
      context,
      shown.filter(({ hidden }) => hidden),
    );
    const lines: Line[] = [
      { key: 'commands:findings.title', params: { count, page: pagePart(page, pages) } },
    ];
    lines.push(
      ...(await namedRows(
        context,
        rows.map((row) => ({ campaignId: row.campaignId, line: lineOf(row) })),
        // Of several campaigns, and no line below says which.
        context.campaigns.length > 1 && !context.isChosen && !seesCampaign(context),
      )),
    );
    const pictured = rows.find(({ attachments }) => attachments.length > 0);
    if (pictured !== undefined)
      lines.push({ key: 'commands:findings.pictures', params: { number: pictured.number } });
    if (page < pages) lines.push({ key: 'commands:findings.more', params: { next: page + 1 } });
    context.replyPrivately({ lines });
  },
};

/** One of them, with its evidence. */
async function show(
  context: CommandContext,
  where: Awaited<ReturnType<typeof concerning>>,
  number: number,
): Promise<void> {
  const row = await context.transaction.finding.findFirst({
    where: { ...where, number },
    include: { unit: { select: { name: true } }, campaign: { select: { zone: true } } },
  });
  if (row === null)
    return context.replyPrivately({ lines: [{ key: 'commands:findings.unknown', params: { number } }] });
  const lines = [lineOf(row)];
  context.replyPrivately(
    row.attachments.length === 0 ? { lines } : { lines, attachments: row.attachments.slice(0, filesMax) },
  );
}

function lineOf(row: {
  number: number;
  problem: unknown;
  openedAt: Date;
  attachments: string[];
  unit: { name: unknown } | null;
  campaign: { zone: string };
}): Line {
  const { number, problem, openedAt, attachments, unit, campaign } = row;
  const params = {
    number,
    unit: (unit?.name ?? '—') as Text,
    problem: problem as Text,
    at: { instant: openedAt.toISOString(), zone: campaign.zone },
    photos: attachments.length,
  };
  return { key: attachments.length === 0 ? 'commands:findings.one' : 'commands:findings.one.photos', params };
}

/**
 * A coordinator: the campaign's. Inspectors: what their unit reported. Liaisons: what was found at their unit and is not for
 * coordinators alone; a list keeps to the campaign that they chose, a number needs none. The answer is private; of a hidden inspection it tells its own people only (JX-4.4).
 */
async function concerning(context: CommandContext, isOne: boolean) {
  const { campaign } = context;
  const status = 'open';
  const openToAll = { NOT: { assignment: { activity: { hidden: true } } } };
  if (campaign !== null && seesCampaign(context)) {
    const { all } = await hiddenBySight(context, campaign.id, true);
    return { status, campaignId: campaign.id, OR: [openToAll, { assignment: { activityId: { in: all } } }] };
  }
  return {
    status,
    ...(!isOne && context.isChosen && campaign !== null ? { campaignId: campaign.id } : {}),
    OR: [
      { assignment: { assigneeUnitId: { in: unitsAs(context, 'inspector') } } },
      { unitId: { in: unitsAs(context, 'liaison') }, seenBy: 'unit', ...openToAll },
    ],
  };
}

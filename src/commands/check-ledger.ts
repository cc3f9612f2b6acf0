import { orphansOf } from '../campaign/rectification/lint.ts';
import { isOver, overStates, Rectification } from '../campaign/rectification/record.ts';
import { flawLines } from '../conversation/reply-taken.ts';
import type { Line } from '../flow/say.ts';
import { type CheckedReports, checkReports, problemKey } from './check-selfchecks.ts';
import type { Command, CommandContext } from './command.ts';

/** Problems named in one message, of each kind. */
const namedMax = 30;
/** Open entries of a campaign's ledger that are looked at; more than that is no ledger to be read by people. */
const readMax = 5000;

/**
 * 核对台账: problems without a measure and measures without a problem (DA-3), and measures that nobody could verify: no
 * owner, no day, words that only promise effort (DA-2). The measures of a self-check stand in its report, and count as they do there.
 */
export const checkLedger: Command = {
  name: 'check-ledger',
  words: { 'zh-CN': ['核对台账', '台账核对'], en: ['check ledger'] },
  takes: null,
  bare: false,
  ofCampaign: true,
  help: 'ledger:check.line',
  run: async (context) => {
    const { campaign } = context;
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const rows = await rowsOf(context, campaign.id);
    const reports = await checkReports(context, campaign.id);
    const looked = rows.slice(0, readMax);
    const lines = [...orphanLines(looked, reports), ...flawsOf(looked), ...cut(reports.lines)];
    if (rows.length > readMax) lines.push({ key: 'ledger:check.cut', params: { max: readMax } });
    context.replyPrivately({
      lines: lines.length === 0 ? [{ key: 'ledger:check.good' }] : [{ key: 'ledger:check.title' }, ...lines],
    });
  },
};

/** What has nothing that answers to it (DA-3). */
function orphanLines(rows: Row[], reports: CheckedReports): Line[] {
  const problems = rows
    .filter(({ status, found }) => status === 'open' && !reports.measured.has(found))
    .map(({ number }) => ({ id: String(number) }));
  const measures = measured(rows).map(({ number }) => ({ number, problems: [String(number)] }));
  const orphans = orphansOf(problems, measures);
  const lines: Line[] = [];
  if (orphans.problems.length > 0)
    lines.push({
      key: 'ledger:check.problems',
      params: numbersOf(orphans.problems.map(({ id }) => Number(id))),
    });
  if (orphans.measures.length > 0)
    lines.push({
      key: 'ledger:check.measures',
      params: numbersOf(orphans.measures.map(({ number }) => number)),
    });
  return lines;
}

/** What is wrong with measures (DA-2), one line each. */
function flawsOf(rows: Row[]): Line[] {
  const flaws = measured(rows).flatMap(({ number, record }): Line[] => {
    const [flaw] = flawLines(record);
    return flaw === undefined
      ? []
      : [{ key: 'ledger:check.flaw', params: { number, flaw: 'key' in flaw ? flaw : '' } }];
  });
  return cut(flaws);
}

function cut(lines: Line[]): Line[] {
  const count = lines.length - namedMax;
  return count > 0 ? [...lines.slice(0, namedMax), { key: 'ledger:check.more', params: { count } }] : lines;
}

/** Those with a measure that is still owed. */
function measured(rows: Row[]): { number: number; record: Rectification }[] {
  return rows.flatMap(({ number, record }) =>
    record === null || record.measure === null || isOver(record) ? [] : [{ number, record }],
  );
}

function numbersOf(numbers: number[]) {
  return { count: numbers.length, numbers: { list: numbers.slice(0, namedMax) } };
}

interface Row {
  number: number;
  status: string;
  /** The task and the question that found it, by which a self-check's own measure answers to it. */
  found: string;
  record: Rectification | null;
}

/** What is open, or still owed though its problem was taken back: one more than is looked at, where there are more. */
async function rowsOf({ transaction }: CommandContext, campaignId: string): Promise<Row[]> {
  const rows = await transaction.finding.findMany({
    where: {
      campaignId,
      NOT: { assignment: { activity: { hidden: true } } },
      OR: [{ status: 'open' }, { rectification: { state: { notIn: [...overStates] } } }],
    },
    select: {
      number: true,
      status: true,
      assignmentId: true,
      question: true,
      rectification: { select: { record: true } },
    },
    orderBy: { number: 'asc' },
    take: readMax + 1,
  });
  return rows.map(({ number, status, assignmentId, question, rectification }) => ({
    number,
    status,
    found: problemKey(assignmentId, question),
    record: rectification === null ? null : Rectification.parse(rectification.record),
  }));
}

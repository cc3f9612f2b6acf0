import { orphansOf } from '../campaign/rectification/lint.ts';
import { Rectification } from '../campaign/rectification/record.ts';
import { flawLines } from '../conversation/reply-taken.ts';
import type { Line } from '../flow/say.ts';
import type { Command, CommandContext } from './command.ts';

/** Problems named in one message, of each kind. */
const namedMax = 30;
/** Entries of a campaign's ledger that are looked at; more than that is no ledger to be read by people. */
const readMax = 5000;

/**
 * 核对台账: problems without a measure and measures without a problem (DA-3), and measures that nobody could verify: no
 * owner, no day, words that only promise effort (DA-2).
 */
export const checkLedger: Command = {
  name: 'check-ledger',
  words: { 'zh-CN': ['核对台账', '台账核对'], en: ['check ledger'] },
  takes: null,
  allowed: ['coordinator'],
  bare: false,
  help: 'ledger:check.line',
  run: async (context) => {
    const { campaign } = context;
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const rows = await rowsOf(context, campaign.id);
    const problems = rows
      .filter(({ status }) => status === 'open')
      .map(({ number }) => ({ id: String(number) }));
    const measures = rows.flatMap(({ number, record }) =>
      record === null || record.measure === null ? [] : [{ number, record, problems: [String(number)] }],
    );
    const open = measures.filter(
      ({ record }) => !['closed', 'revoked', 'merged', 'split'].includes(record.state),
    );
    const orphans = orphansOf(problems, open);
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
    for (const { number, record } of open.slice(0, readMax)) {
      const [flaw] = flawLines(record);
      if (flaw !== undefined && lines.length < namedMax)
        lines.push({ key: 'ledger:check.flaw', params: { number, flaw: 'key' in flaw ? flaw : '' } });
    }
    context.replyPrivately({
      lines: lines.length === 0 ? [{ key: 'ledger:check.good' }] : [{ key: 'ledger:check.title' }, ...lines],
    });
  },
};

function numbersOf(numbers: number[]) {
  return { count: numbers.length, numbers: { list: numbers.slice(0, namedMax) } };
}

interface Row {
  number: number;
  status: string;
  record: Rectification | null;
}

async function rowsOf({ transaction }: CommandContext, campaignId: string): Promise<Row[]> {
  const rows = await transaction.finding.findMany({
    where: { campaignId, NOT: { assignment: { activity: { hidden: true } } } },
    select: { number: true, status: true, rectification: { select: { record: true } } },
    orderBy: { number: 'asc' },
    take: readMax,
  });
  return rows.map(({ number, status, rectification }) => ({
    number,
    status,
    record: rectification === null ? null : Rectification.parse(rectification.record),
  }));
}

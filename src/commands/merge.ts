import { mergeRefusal, type Regrouped } from '../campaign/rectification/regroup.ts';
import { keep, logStep, moverFor } from '../conversation/ledger.ts';
import { graverOf, type LedgerFinding, takeFindings } from '../store/ledger.ts';
import type { Command, CommandContext } from './command.ts';
import { lineAbout, numberAndWords, sightOfLedger, tell, tellRefused, unitPeople } from './ledger-finding.ts';

/** 合并: two entries of the ledger are one problem; the second goes on under the first one's number. */
export const merge: Command = {
  name: 'merge',
  words: { 'zh-CN': ['合并'], en: ['merge'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:merge.line',
  run: async (context, rest) => {
    const first = numberAndWords(rest);
    const second = numberAndWords(first?.words.replace(/^(?:和|与|及|and)\s*/i, '') ?? '');
    if (first === null || second === null)
      return context.replyPrivately({ lines: [{ key: 'ledger:merge.how' }] });
    // Both under lock, in the order of their numbers, whichever was named first.
    const sight = await sightOfLedger(context);
    const known = await takeFindings(context.run, sight, first.number, second.number);
    const kept = known.find(({ number }) => number === first.number);
    const gone = known.find(({ number }) => number === second.number);
    if (kept === undefined || gone === undefined) {
      const number = kept === undefined ? first.number : second.number;
      return context.replyPrivately({ lines: [{ key: 'ledger:unknown', params: { number } }] });
    }
    await unite(context, kept, gone, confirmed.test(second.words));
  },
};

/** Behind the numbers, when both problems were shown. */
const confirmed = /^(?:确认|confirm)$/iu;

/** Two numbers are one slip apart and nothing takes them asunder again: both problems are shown, and asked about, first. */
function askFirst(context: CommandContext, kept: LedgerFinding, gone: LedgerFinding): void {
  const params = { number: kept.number, other: gone.number };
  context.replyPrivately({
    lines: [
      { key: 'ledger:merge.ask' },
      lineAbout(kept, 'ledger:split.part'),
      lineAbout(gone, 'ledger:split.part'),
      { key: 'ledger:merge.ask.how', params },
    ],
    ask: {
      target: 'command:merge',
      question: 'confirm',
      options: [{ id: `${kept.number} ${gone.number} confirm`, label: { key: 'desk:confirm' } }],
      many: false,
      numbered: false,
    },
  });
}

async function unite(
  context: CommandContext,
  kept: LedgerFinding,
  gone: LedgerFinding,
  isSure: boolean,
): Promise<void> {
  const who = await moverFor(context, context.turn.contact.id, kept.campaignId);
  if (!who.coordinates)
    return context.replyPrivately({ lines: [{ key: 'ledger:unknown', params: { number: kept.number } }] });
  const refused = mergeRefusal(regrouped(kept), regrouped(gone));
  if (refused !== null) return tellRefused(context, gone, refused);
  if (!isSure) return askFirst(context, kept, gone);
  const { record } = gone;
  if (record !== null) await keep(context, gone, { ...record, state: 'merged', chase: null });
  await context.run(
    `UPDATE finding SET status = 'merged', merged_into = $2::uuid, due_on = NULL WHERE id = $1::uuid`,
    [gone.id, kept.id],
  );
  const severity = await takeOver(context, kept, gone);
  await logStep(context, gone, { kind: 'merge', data: { into: kept.number } }, who);
  await logStep(context, kept, { kind: 'merged-from', data: { from: gone.number, severity } }, who);
  const other = gone.number;
  context.replyPrivately({ lines: [lineAbout(kept, 'ledger:merge.done', { other })] });
  if (record !== null)
    await tell(context, gone, await unitPeople(context, record.unit), {
      step: 'merged',
      lines: [lineAbout(kept, 'ledger:merge.told', { other })],
    });
}

/** What is kept is as grave as the graver of the two, and shows the photos of both. @returns how grave */
async function takeOver(
  { run }: CommandContext,
  kept: LedgerFinding,
  gone: LedgerFinding,
): Promise<LedgerFinding['severity']> {
  const severity = graverOf(kept.severity, gone.severity);
  const photos = [...new Set([...kept.attachments, ...gone.attachments])];
  await run(
    `UPDATE finding SET severity = $2, category = coalesce(category, $3), attachments = $4::text[]::uuid[]
     WHERE id = $1::uuid`,
    [kept.id, severity, gone.category, photos],
  );
  return severity;
}

export function regrouped(finding: LedgerFinding): Regrouped {
  const { unitId, campaignId, ...rest } = finding;
  return { ...rest, unit: unitId, campaign: campaignId };
}

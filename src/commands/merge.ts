import { mergeRefusal, type Regrouped } from '../campaign/rectification/regroup.ts';
import { keep, logStep, moverFor } from '../conversation/ledger.ts';
import { type LedgerFinding, takeFindings } from '../store/ledger.ts';
import type { Command, CommandContext } from './command.ts';
import { lineAbout, mayKnow, numberAndWords, tell, tellRefused, unitPeople } from './ledger-finding.ts';

/** 合并: two entries of the ledger are one problem; the second goes on under the first one's number. */
export const merge: Command = {
  name: 'merge',
  words: { 'zh-CN': ['合并'], en: ['merge'] },
  takes: 'numbered',
  allowed: ['coordinator'],
  bare: false,
  help: 'ledger:merge.line',
  run: async (context, rest) => {
    const first = numberAndWords(rest);
    const second = numberAndWords(first?.words.replace(/^(?:和|与|及|and)\s*/i, '') ?? '');
    if (first === null || second === null)
      return context.replyPrivately({ lines: [{ key: 'ledger:merge.how' }] });
    // Both under lock, in the order of their numbers, whichever was named first.
    const taken = await takeFindings(context.run, first.number, second.number);
    const known: LedgerFinding[] = [];
    for (const one of taken)
      if (mayKnow(context, one, await moverFor(context, context.turn.contact.id, one.campaignId)))
        known.push(one);
    const kept = known.find(({ number }) => number === first.number);
    const gone = known.find(({ number }) => number === second.number);
    if (kept === undefined || gone === undefined) {
      const number = kept === undefined ? first.number : second.number;
      return context.replyPrivately({ lines: [{ key: 'ledger:unknown', params: { number } }] });
    }
    await unite(context, kept, gone);
  },
};

async function unite(context: CommandContext, kept: LedgerFinding, gone: LedgerFinding): Promise<void> {
  const who = await moverFor(context, context.turn.contact.id, kept.campaignId);
  if (!who.coordinates)
    return context.replyPrivately({ lines: [{ key: 'ledger:unknown', params: { number: kept.number } }] });
  const refused = mergeRefusal(regrouped(kept), regrouped(gone));
  if (refused !== null) return tellRefused(context, gone, refused);
  const { record } = gone;
  if (record !== null) await keep(context, gone, { ...record, state: 'merged', chase: null });
  await context.run(
    `UPDATE finding SET status = 'merged', merged_into = $2::uuid, due_on = NULL WHERE id = $1::uuid`,
    [gone.id, kept.id],
  );
  await logStep(context, gone, { kind: 'merge', data: { into: kept.number } }, who);
  await logStep(context, kept, { kind: 'merged-from', data: { from: gone.number } }, who);
  const other = gone.number;
  context.replyPrivately({ lines: [lineAbout(kept, 'ledger:merge.done', { other })] });
  if (record !== null)
    await tell(context, gone, await unitPeople(context, record.unit), {
      step: 'merged',
      lines: [lineAbout(kept, 'ledger:merge.told', { other })],
    });
}

export function regrouped({ number, unitId, campaignId, status, record }: LedgerFinding): Regrouped {
  return { number, unit: unitId, campaign: campaignId, status, record };
}

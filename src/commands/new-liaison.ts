import { keep } from '../conversation/ledger.ts';
import { noticeRows } from '../conversation/ledger-post.ts';
import { orderNotice } from '../conversation/order-notice.ts';
import { takeFindings } from '../store/ledger.ts';
import type { OutboxRow } from '../store/writes.ts';
import type { CommandContext } from './command.ts';

/** Orders that somebody who comes new to a unit is told of at once; the rest stands in 台账. */
const toldMax = 10;

/**
 * A liaison who is bound when orders are under way hears of those that nobody has taken on: at once, for the person has just
 * written to us. Where nobody had been told before, the days to object begin now (政府督查工作条例 art. 17).
 */
export async function tellNewLiaison(context: CommandContext, unitId: string): Promise<OutboxRow[]> {
  const { run, at, turn } = context;
  const open = await run<{ number: number }>(
    `SELECT f.number FROM rectification r JOIN finding f ON f.id = r.finding_id
     WHERE r.unit_id = $1::uuid AND r.state IN ('ordered', 'reopened') AND f.status = 'open' AND f.seen_by = 'unit'
     ORDER BY f.due_on, f.number LIMIT $2`,
    [unitId, toldMax],
  );
  if (open.length === 0) return [];
  const address = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
  const rows: OutboxRow[] = [];
  for (const finding of await takeFindings(run, null, ...open.map(({ number }) => number))) {
    const { record } = finding;
    if (record === null || finding.secret !== null || !finding.running) continue;
    const told = { ...finding, record: { ...record, receivedAt: record.receivedAt ?? at } };
    if (record.receivedAt === null) await keep(context, told, told.record);
    const facts = await context.library.campaign(finding.campaignId);
    const notice = await orderNotice(context, told, at);
    const key = `ledger:${finding.id}:ordered:${record.orderedAt}:new`;
    rows.push(
      ...noticeRows([{ contactId: turn.contact.id, address }], { ...notice, key }, facts, { at, dueAt: at }),
    );
  }
  return rows;
}

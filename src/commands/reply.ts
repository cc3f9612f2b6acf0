import { outOfTurn, refuse } from '../campaign/rectification/moved.ts';
import { isUnitsTurn } from '../campaign/rectification/record.ts';
import { replyFlowId } from '../campaign/rectification/reply-flow.ts';
import { notOrdered } from '../campaign/rectification.ts';
import { goneRefusal, settingOf } from '../conversation/ledger.ts';
import { openReply } from '../conversation/reply-session.ts';
import type { Line } from '../flow/say.ts';
import type { LedgerFinding } from '../store/ledger.ts';
import type { Command, CommandContext } from './command.ts';
import { lineAbout, problemMeant, tellRefused } from './ledger-finding.ts';

/** 整改回复: the unit says what it does about a problem and shows it; what was sent back alone is asked again. */
export const reply: Command = {
  name: 'reply',
  words: { 'zh-CN': ['整改回复', '回复整改', '整改情况'], en: ['reply'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:reply.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:reply.how');
    if (meant === null) return;
    const { finding, who } = meant;
    const { record, number } = finding;
    const gone = goneRefusal(finding);
    if (gone !== null) return tellRefused(context, finding, gone);
    if (record === null) return tellRefused(context, finding, notOrdered(who, { number }));
    if (!who.answersFor.includes(record.unit))
      return tellRefused(context, finding, refuse('refused.not-yours', { number }));
    if (!isUnitsTurn({ ...record, extension: null })) {
      const setting = settingOf(await context.library.campaign(finding.campaignId), number, context.at);
      return tellRefused(context, finding, outOfTurn(record, setting, 'refused.reply-state'));
    }
    const open = await openElsewhere(context, finding);
    if (open !== null) return context.replyPrivately({ lines: [open] });
    const { turn } = context;
    const urn = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
    if (turn.room !== null) context.reply({ key: 'conversation:answered.privately' });
    const opening: Line[] = [lineAbout(finding, 'ledger:reply.opening')];
    if (record.returned !== null)
      opening.push({ key: 'ledger:reason', params: { reason: record.returned.reason } });
    const replying = { person: turn.contact, place: { urn, room: null }, opening };
    const sessionId = await openReply(context, { ...finding, record }, replying);
    await context.run('UPDATE rectification SET session_id = $2::uuid WHERE finding_id = $1::uuid', [
      finding.id,
      sessionId,
    ]);
  },
};

/** A reply that this person, or for this problem anybody, has under way: one at a time. */
async function openElsewhere({ run, turn }: CommandContext, finding: LedgerFinding): Promise<Line | null> {
  const [row] = await run<{ own: boolean; number: number | null }>(
    `SELECT s.contact_id = $1::uuid AS own,
       (SELECT f.number FROM rectification r JOIN finding f ON f.id = r.finding_id WHERE r.session_id = s.id) AS number
     FROM session s
     WHERE s.ended_at IS NULL AND ((s.contact_id = $1::uuid AND s.room = '' AND s.flow_id = $2) OR s.id = $3::uuid)
     ORDER BY s.id = $3::uuid DESC LIMIT 1`,
    [turn.contact.id, replyFlowId(finding.campaignCode), finding.sessionId],
  );
  if (row === undefined) return null;
  const params = { number: row.number ?? finding.number };
  return { key: row.own ? 'ledger:reply.unfinished' : 'ledger:reply.colleague', params };
}

import { photosIn } from '../../conversation/order-notice.ts';
import { SessionState } from '../../flow/session.ts';
import { type EvidenceFile, evidenceFiles } from '../../store/desk/evidence.ts';
import type { LedgerFinding } from '../../store/ledger.ts';
import { campaignPath, type InCampaign } from './exchange.ts';
import { isPictured } from './thumbnail.ts';

/** One file that shows a problem or what was done about it. */
export interface Evidence {
  id: string;
  href: string;
  /** Null for what is no picture. */
  thumbnail: string | null;
  name: string;
  of: 'problem' | 'reply';
  receivedAt: Date;
}

/** What a problem's page shows, and nothing else is handed out there: its own files, and those that came with the reply. */
export async function evidenceOfFinding(
  exchange: InCampaign,
  { number, attachments, sessionId, secret }: LedgerFinding,
): Promise<Evidence[]> {
  const { run, campaign, view, doors } = exchange;
  const replied = secret === null && sessionId !== null ? await proofOf(doors, sessionId) : [];
  const files = await evidenceFiles(run, [...attachments, ...replied]);
  const base = `${campaignPath(campaign)}/findings/${number}/evidence`;
  return files.map((file) => ({
    id: file.id,
    href: view.to(`${base}/${file.id}`),
    thumbnail: isPictured(file.mime) ? `${base}/${file.id}/small` : null,
    name: nameOf(file),
    of: attachments.includes(file.id) ? 'problem' : 'reply',
    receivedAt: file.receivedAt,
  }));
}

async function proofOf({ database }: InCampaign['doors'], sessionId: string): Promise<string[]> {
  const row = await database.prisma.session.findUnique({ where: { id: sessionId }, select: { state: true } });
  return row === null ? [] : photosIn(SessionState.parse(row.state).values.proof);
}

function nameOf({ name, id }: EvidenceFile): string {
  return name ?? id.slice(0, 8);
}

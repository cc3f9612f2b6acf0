import type { CampaignInQuestion, CommandContext, PersonRole, Role } from '../commands/command.ts';
import type { Text } from '../flow/text.ts';
import type { Transaction } from '../store/database.ts';
import type { Run } from '../store/writes.ts';

export async function roomOf(transaction: Transaction, urn: string | null): Promise<CommandContext['room']> {
  if (urn === null) return null;
  const row = await transaction.room.findUnique({
    where: { urn },
    select: { urn: true, campaignId: true, purpose: true },
  });
  return row ?? { urn, campaignId: null, purpose: 'inspection' };
}

export async function rolesOf(transaction: Transaction, contactId: string): Promise<PersonRole[]> {
  const rows = await transaction.membership.findMany({
    where: { contactId },
    include: { unit: { select: { name: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ role, campaignId, unitId, unit }) => ({
    role: role as Role,
    campaignId,
    unitId,
    unitName: (unit?.name ?? null) as Text | null,
  }));
}

/** The room's campaign, else the person's own newest, else the newest that is published, else (for coordinators) the newest draft. */
export async function campaignInQuestion(
  transaction: Transaction,
  room: CommandContext['room'],
  roles: PersonRole[],
): Promise<CampaignInQuestion | null> {
  const own = roles.flatMap(({ campaignId }) => (campaignId === null ? [] : [campaignId]));
  const select = { id: true, code: true, title: true, zone: true, status: true } as const;
  const orderBy = [{ publishedAt: { sort: 'desc', nulls: 'last' } }, { loadedAt: 'desc' }] as const;
  const newest = (where: object) => transaction.campaign.findFirst({ where, select, orderBy: [...orderBy] });
  const found =
    (room !== null && room.campaignId !== null ? await newest({ id: room.campaignId }) : null) ??
    (own.length > 0 ? await newest({ id: { in: own }, status: { not: 'closed' } }) : null) ??
    (await newest({ status: 'published' })) ??
    (roles.some(({ role }) => role === 'coordinator') ? await newest({}) : null);
  if (found === null) return null;
  return { ...found, title: found.title as Text, status: found.status as CampaignInQuestion['status'] };
}

/**
 * Messages that could not reach this person in private can go out now, to where they have just written from.
 * @returns how many
 */
export async function releaseHeld(run: Run, contactId: string, urn: string, at: string): Promise<number> {
  const released = await run(
    `UPDATE outbox SET status = 'waiting', address = $2, channel = split_part($2, ':', 1), "only" = NULL,
       due_at = $3::timestamptz, quiet = NULL, attempts = 0, failing_since = NULL, fault = NULL
     WHERE contact_id = $1::uuid AND status = 'held' RETURNING 1`,
    [contactId, urn, at],
  );
  return released.length;
}

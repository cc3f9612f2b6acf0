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

const campaignFields = { id: true, code: true, title: true, zone: true, status: true } as const;
const newestFirst = [{ publishedAt: { sort: 'desc', nulls: 'last' } }, { loadedAt: 'desc' }] as const;

/** Campaigns not closed in which this person has a part, the newest first; a coordinator of all has a part in all. */
export async function campaignsOf(
  transaction: Transaction,
  roles: PersonRole[],
): Promise<CampaignInQuestion[]> {
  const own = roles.map(({ campaignId }) => campaignId);
  if (own.length === 0) return [];
  const some = own.flatMap((id) => (id === null ? [] : [id]));
  const rows = await transaction.campaign.findMany({
    where: { status: { not: 'closed' }, ...(own.includes(null) ? {} : { id: { in: some } }) },
    select: campaignFields,
    orderBy: [...newestFirst],
  });
  return rows.map(inQuestion);
}

/** Where a person was heard, and what they named. */
interface Asked {
  contactId: string;
  room: CommandContext['room'];
  roles: PersonRole[];
  /** See {@link campaignsOf}. */
  own: CampaignInQuestion[];
  /** The code that came with the command. */
  code: string | null;
}

/**
 * The room's campaign, else the person's own (the one named, the one chosen, the newest), else the newest that is published,
 * else (for coordinators) the newest of all. `isChosen`: in private, of several, they chose it.
 */
export async function campaignInQuestion(
  transaction: Transaction,
  { contactId, room, roles, own, code }: Asked,
): Promise<{ campaign: CampaignInQuestion | null; isChosen: boolean }> {
  const newest = (where: object) =>
    transaction.campaign.findFirst({ where, select: campaignFields, orderBy: [...newestFirst] });
  if (room !== null && room.campaignId !== null) {
    const rooms = await newest({ id: room.campaignId });
    if (rooms !== null) return { campaign: inQuestion(rooms), isChosen: false };
  }
  const [first] = own;
  if (first !== undefined) {
    const named = own.find((one) => one.code === code);
    const wanted = named ?? (own.length > 1 ? await chosen(transaction, contactId, own) : null);
    return { campaign: wanted ?? first, isChosen: room === null && own.length > 1 && wanted !== null };
  }
  const found =
    (await newest({ status: 'published' })) ??
    (roles.some(({ role }) => role === 'coordinator') ? await newest({}) : null);
  return { campaign: found === null ? null : inQuestion(found), isChosen: false };
}

async function chosen(
  transaction: Transaction,
  contactId: string,
  own: CampaignInQuestion[],
): Promise<CampaignInQuestion | null> {
  const row = await transaction.contact.findUnique({
    where: { id: contactId },
    select: { campaignId: true },
  });
  return own.find(({ id }) => id === row?.campaignId) ?? null;
}

type CampaignRow = Omit<CampaignInQuestion, 'title' | 'status'> & { title: unknown; status: string };

function inQuestion({ title, status, ...row }: CampaignRow): CampaignInQuestion {
  return { ...row, title: title as Text, status: status as CampaignInQuestion['status'] };
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

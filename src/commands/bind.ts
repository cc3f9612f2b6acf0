import { rolesOf } from '../conversation/circumstances.ts';
import { replyRow } from '../conversation/outcome.ts';
import { tellNewInspector } from '../conversation/publish.ts';
import type { Line, Say } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { type Part, partsOf } from '../roles.ts';
import { codeLength, normaliseCode } from '../short-code.ts';
import type { OutboxRow } from '../store/writes.ts';
import type { Command, CommandContext } from './command.ts';
import { inviteEvent } from './invitation.ts';
import { joinPeople } from './join.ts';
import { tellNewLiaison } from './new-liaison.ts';
import { isOverheard } from './private.ts';
import { takeDelegation } from './take-delegation.ts';
import { isLockedOut, recordWrong } from './wrong-codes.ts';

/** 绑定: a one-use code makes this address that of somebody with a role, or one more address of the same person. */
export const bind: Command = {
  name: 'bind',
  words: { 'zh-CN': ['绑定', '邀请码'], en: ['bind'] },
  takes: /[a-z0-9]{2,4}[ -]?[a-z0-9]{2,4}(?:\s*(?:合并|merge))?/,
  // A code shown to a room is spent at once, whether or not the bot was spoken to.
  bare: 'everywhere',
  help: 'commands:bind.line',
  run: async (context, rest) => {
    const isMerging = merge.test(rest);
    const code = normaliseCode(rest.replace(merge, ''));
    if (code === '') return context.replyPrivately({ lines: [{ key: 'commands:bind.how' }] });
    const invite = await redeem(context, code);
    if (typeof invite === 'string') {
      if (invite !== 'locked-out') await recordWrong(context);
      const params = { code: code.slice(0, 10), length: codeLength };
      return context.replyPrivately({ lines: [{ key: `commands:bind.${invite}`, params }] });
    }
    if (invite.role === 'self') {
      const known = invite.createdBy === context.turn.contact.id ? [] : context.roles;
      if (known.length > 0 && !isMerging) return askToMerge(context, code);
    }
    context.writes.audit.push(
      inviteEvent(
        'used',
        { ...invite, createdBy: context.turn.contact.id },
        context.at,
        invite.createdBy ?? undefined,
      ),
    );
    if (invite.role === 'self') return context.replyPrivately(await join(context, invite));
    const { lines } = await enrol(context, invite);
    const entrusted = await takeDelegation(context, code);
    // A deputy has the matter that they are entrusted with, and not the unit's task (MDJ-1.2).
    if (entrusted.length > 0) return context.replyPrivately({ lines: [...lines.slice(0, 1), ...entrusted] });
    context.replyPrivately({ lines });
    context.writes.outbox.push(...(await firstTasks(context, invite)));
  },
};

const merge = /\s*(?:合并|merge)\s*$/i;

/** Two people who each have a part would become one, for good: not by a slip. The code stays good meanwhile. */
async function askToMerge(context: CommandContext, code: string): Promise<void> {
  await context.transaction.invite.update({ where: { code }, data: { usedAt: null } });
  const own = new Set(context.roles.flatMap((held) => partsOf(held, held.campaignId)));
  const list = [...own].map((part) => ({ key: `commands:role.${part}` }) as const);
  context.replyPrivately({
    lines: [{ key: 'commands:bind.self.merge', params: { roles: { list }, code } }],
  });
}

interface Redeemed {
  role: string;
  campaignId: string | null;
  unitId: string | null;
  /** Null: somebody at a terminal. */
  createdBy: string | null;
  /** What the roster calls the person whom the code was made for. */
  title: string | null;
}

/** Spends the code, in one statement of which only one can succeed; or says why it is no good. */
async function redeem(
  context: CommandContext,
  code: string,
): Promise<Redeemed | 'locked-out' | 'unknown' | 'used' | 'expired'> {
  const { transaction, at } = context;
  const lockedOut = await isLockedOut(context);
  // What others may have read is spent even when its sender is not listened to.
  if (lockedOut && !isOverheard(context)) return 'locked-out';
  const now = new Date(at);
  const { count } = await transaction.invite.updateMany({
    where: { code, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (lockedOut) return 'locked-out';
  const invite = await transaction.invite.findUnique({ where: { code } });
  if (invite === null) return 'unknown';
  if (count === 1) return invite;
  return invite.usedAt === null ? 'expired' : 'used';
}

/** The code's role and unit become this person's. */
async function enrol(
  { transaction, turn, run }: CommandContext,
  { role, campaignId, unitId, title: called }: Redeemed,
): Promise<Say> {
  const contactId = turn.contact.id;
  if (called !== null)
    await run('UPDATE contact SET title = to_jsonb($2::text) WHERE id = $1::uuid AND title IS NULL', [
      contactId,
      called,
    ]);
  const known = await rolesOf(transaction, contactId);
  const has = known.some(
    (own) => own.role === role && own.campaignId === campaignId && own.unitId === unitId,
  );
  if (!has) await transaction.membership.create({ data: { contactId, campaignId, unitId, role } });
  const unit = unitId === null ? null : await transaction.unit.findUnique({ where: { id: unitId } });
  const campaign =
    campaignId === null ? null : await transaction.campaign.findUnique({ where: { id: campaignId } });
  const part = (role === 'leader' && unitId === null ? 'leading-group' : role) as Exclude<Part, 'activity'>;
  const as = { key: `commands:role.${part}` } as const;
  const title = (campaign?.title ?? '') as Text;
  const done: Line =
    unit === null
      ? { key: 'commands:bind.done.role', params: { role: as, title } }
      : { key: 'commands:bind.done', params: { role: as, unit: unit.name as Text, title } };
  return { lines: [done, { key: `commands:bind.next.${part}` }] };
}

/** An inspector who comes after the publication hears of the unit's tasks at once. */
async function firstTasks(
  context: CommandContext,
  { role, campaignId, unitId }: Redeemed,
): Promise<OutboxRow[]> {
  const { turn, at } = context;
  if (campaignId === null || unitId === null) return [];
  if (role === 'liaison') return tellNewLiaison(context, unitId);
  if (role !== 'inspector') return [];
  const address = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
  const person = { contactId: turn.contact.id, address };
  return tellNewInspector(context, { campaignId, unitId, person }, at);
}

async function join(context: CommandContext, { createdBy }: Redeemed): Promise<Say> {
  if (createdBy === null) throw new Error('a code for an address of nobody');
  if (createdBy === context.turn.contact.id) return { lines: [{ key: 'commands:bind.self.same' }] };
  const before = await joinPeople(context, createdBy);
  if (before !== null) context.writes.outbox.push(noticeRow(context, before));
  return { lines: [{ key: 'commands:bind.self' }] };
}

/** Told where the person was written to until now: whoever got hold of the code is this person from here on. */
function noticeRow({ turn, at }: CommandContext, address: string): OutboxRow {
  const channel = { key: `commands:channel.${turn.channel}` } as const;
  const say: Say = { lines: [{ key: 'commands:bind.self.notice', params: { channel } }] };
  return replyRow(say, { urn: address, room: null }, turn.contact, at);
}

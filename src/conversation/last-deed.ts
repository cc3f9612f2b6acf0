import type { Command, CommandContext } from '../commands/command.ts';
import type { AuditKind } from '../store/audit-kinds.ts';
import { keepDeed, lastDeed } from '../store/deeds.ts';

/** What events of these kinds tell of is no deed on a campaign: there is nothing about it to be undone. */
const lookedAt: ReadonlySet<AuditKind> = new Set([
  'secret.seen',
  'desk.page',
  'desk.evidence',
  'desk.login',
  'desk.logout',
  'draw.exported',
  'export.made',
  'audit.exported',
  'contact.shown',
]);

/**
 * Keeps that somebody did something that can't be undone, so that 撤销 never takes back what they did before it. A command that only
 * showed something, or asked back, is no deed: it told nobody else and left nothing in the audit log but itself. What can be
 * undone the command has kept itself.
 * @param before how much was to be written before the command ran
 */
export async function keepLastDeed(
  { run, turn, at, writes, roles }: CommandContext,
  { name }: Command,
  before: { outbox: number; audit: number },
): Promise<void> {
  if (roles.length === 0 || name === 'undo') return;
  const told = writes.outbox.slice(before.outbox).some(({ contactId }) => contactId !== turn.contact.id);
  const changed = writes.audit.slice(before.audit).some(({ kind }) => !lookedAt.has(kind));
  if (!told && !changed) return;
  const id = String(turn.seq);
  const last = await lastDeed(run, turn.contact.id);
  if (last?.id !== id) await keepDeed(run, turn.contact.id, { id, command: name, at, undo: null });
}

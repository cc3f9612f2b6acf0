import type { Command, CommandContext } from '../commands/command.ts';
import type { AuditKind } from '../store/audit-kinds.ts';
import { keepDeed, lastDeed } from '../store/deeds.ts';

/** What events of these kinds tell of is no deed on a campaign: there is nothing about it to be undone. */
const lookedAt: ReadonlySet<AuditKind> = new Set([
  'command',
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

interface Before {
  outbox: number;
  audit: number;
}

/** Whether a command did something since then: it told somebody else, or left more in the audit log than itself. */
export function isDeed(
  { turn, writes }: Pick<CommandContext, 'turn' | 'writes'>,
  { outbox, audit }: Before,
): boolean {
  const told = writes.outbox.slice(outbox).some(({ contactId }) => contactId !== turn.contact.id);
  return told || writes.audit.slice(audit).some(({ kind }) => !lookedAt.has(kind));
}

/**
 * Keeps that somebody did something that can't be undone, so that 撤销 never takes back what they did before it. A command that only
 * showed something, or asked back, is no deed: it told nobody else and left nothing in the audit log but itself. What can be
 * undone the command has kept itself.
 * @param before how much was to be written before the command ran
 */
export async function keepLastDeed(
  context: CommandContext,
  { name }: Command,
  before: Before,
): Promise<void> {
  const { run, turn, at, roles } = context;
  if (roles.length === 0 || name === 'undo') return;
  if (!isDeed(context, before)) return;
  const id = String(turn.seq);
  const last = await lastDeed(run, turn.contact.id);
  if (last?.id !== id) await keepDeed(run, turn.contact.id, { id, command: name, at, undo: null });
}

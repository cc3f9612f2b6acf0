import type { Command, CommandContext } from '../commands/command.ts';
import type { JsonValue } from '../store/audit.ts';

/**
 * Keeps in the audit log that a command was given, where, and the number of what it was about. Words are nobody's business
 * there, and an invite code is a key. Of people without a role nothing leads to the person: a citizen's survey leaves no trace,
 * and of a command that is not theirs to give only that somebody tried.
 */
export function noteCommand(
  context: CommandContext,
  command: Command,
  rest: string,
  isAllowed: boolean,
): void {
  const { roles, turn, room, campaign, at, writes } = context;
  if (command.name === 'survey' || (roles.length === 0 && isAllowed)) return;
  const number = command.name === 'bind' ? null : /^[#＃]?(\d{1,9})号?$/u.exec(rest.trim());
  const data: { [key: string]: JsonValue } = { place: room === null ? 'private' : 'room' };
  if (number !== null) data.number = Number(number[1]);
  if (!isAllowed) data.refused = true;
  writes.audit.push({
    at,
    by: roles.length === 0 ? null : turn.contact.id,
    kind: 'command',
    campaignId: campaign?.id ?? null,
    about: `command:${command.name}`,
    data,
  });
}

import type { Command, CommandContext } from '../commands/command.ts';
import type { JsonValue } from '../store/audit.ts';

/**
 * What somebody does as a citizen, whatever else they are: with the instant and the transaction of such a line the rating could
 * be told. What coordinators do about codes is kept by those commands themselves.
 */
const asCitizen: ReadonlySet<string> = new Set([
  'survey',
  'receipt',
  'call-me',
  'no-call',
  'rate-fix',
  'erase-rating',
]);

/**
 * Keeps in the audit log that a command was given, where, and the number of what it was about. Words are nobody's business
 * there, and an invite code is a key. Of people without a role nothing: a citizen's survey leaves no trace.
 */
export function noteCommand(
  context: CommandContext,
  command: Command,
  rest: string,
  isAllowed: boolean,
): void {
  const { roles, turn, room, campaign, at, writes } = context;
  if (roles.length === 0 || asCitizen.has(command.name)) return;
  const number = command.name === 'bind' ? null : /^[#＃]?(\d{1,9})号?$/u.exec(rest.trim());
  const data: { [key: string]: JsonValue } = { place: room === null ? 'private' : 'room' };
  if (number !== null) data.number = Number(number[1]);
  if (!isAllowed) data.refused = true;
  writes.audit.push({
    at,
    by: turn.contact.id,
    kind: 'command',
    campaignId: campaign?.id ?? null,
    about: `command:${command.name}`,
    data,
  });
}

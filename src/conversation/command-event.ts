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
  if (asCitizen.has(command.name) || (roles.length === 0 && isAllowed)) return;
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

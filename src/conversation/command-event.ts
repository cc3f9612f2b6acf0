import { numberIn } from '../commands/choose-assignment.ts';
import type { Command, CommandContext } from '../commands/command.ts';
import { unitsAs } from '../commands/own-assignments.ts';
import { onlyReads } from '../roles.ts';
import type { AuditEvent, JsonValue } from '../store/audit.ts';

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
 * @returns what was kept, to be completed by {@link placeCommand}; null when nothing was
 */
export function noteCommand(
  context: CommandContext,
  command: Command,
  rest: string,
  isAllowed: boolean,
): AuditEvent | null {
  const { roles, turn, room, campaign, at, writes } = context;
  if (asCitizen.has(command.name) || (roles.length === 0 && isAllowed)) return null;
  const number = command.name === 'bind' ? null : /^[#＃]?(\d{1,9})号?$/u.exec(rest.trim());
  const data: { [key: string]: JsonValue } = { place: room === null ? 'private' : 'room' };
  if (number !== null) data.number = Number(number[1]);
  if (!isAllowed) data.refused = true;
  const event: AuditEvent = {
    at,
    by: roles.length === 0 ? null : turn.contact.id,
    kind: 'command',
    campaignId: campaign?.id ?? null,
    about: `command:${command.name}`,
    data,
  };
  writes.audit.push(event);
  return event;
}

/**
 * What a command was about shows when it has run: its event is of the campaign in which it acted, and what it did in a hidden
 * activity, or was shown of one, is as secret as that (JX-4.4), or who was there and when would stand in the log of others. A list
 * asked for in a room stays: the room has heard it, and a row that is missing would tell what was answered in private.
 * @param rest what stood behind the word
 * @param noted how many events there were when it was given
 */
export async function placeCommand(
  context: CommandContext,
  event: AuditEvent,
  rest: string,
  noted: number,
): Promise<void> {
  const { turn, writes, concern } = context;
  const events = writes.audit.slice(noted);
  const acted = events.find(({ kind, campaignId }) => kind !== 'secret.seen' && campaignId !== null);
  event.campaignId = acted?.campaignId ?? concern.campaignId ?? event.campaignId;
  const isAloud = turn.room !== null && !turn.body.slash;
  if (isAloud && isList(event)) return;
  // What was seen is noted once a message, at times before its command is known.
  const told =
    [...events, ...writes.audit].find(({ secret }) => secret !== undefined) ??
    writes.outbox.find(({ secret }) => secret !== undefined);
  const secret =
    told?.secret ?? (isAloud || isList(event) ? null : await hiddenBehind(context, numberIn(rest)));
  if (secret === null) return;
  const [activity] = await context.run<{ campaignId: string }>(
    'SELECT campaign_id::text AS "campaignId" FROM activity WHERE id = $1::uuid',
    [secret],
  );
  event.campaignId = activity?.campaignId ?? event.campaignId;
  event.secret = secret;
}

/** A list; of what is asked for by its number, the number alone would tell. */
function isList(event: AuditEvent): boolean {
  return onlyReads.has(event.about) && !hasNumber(event);
}

/**
 * The hidden activity that a command was about though it came to nothing: one whose checklist is open, or whose task or problem has
 * the number that was given, by somebody who carries it out or coordinates it. To everybody else that is a number like any other.
 */
async function hiddenBehind(
  { turn, run, roles }: CommandContext,
  number: number | null,
): Promise<string | null> {
  const open = turn.sessions.find(({ secret }) => secret !== null)?.secret ?? null;
  if (open !== null || number === null) return open;
  const [row] = await run<{ id: string }>(
    `SELECT v.id::text FROM activity v JOIN assignment a ON a.activity_id = v.id
     WHERE v.hidden AND (a.number = $1::int OR EXISTS (SELECT FROM finding f WHERE f.assignment_id = a.id AND f.number = $1::int))
       AND (v.coordinator_unit_id = ANY ($2::text[]::uuid[]) OR a.assignee_unit_id = ANY ($3::text[]::uuid[])) LIMIT 1`,
    [number, unitsAs({ roles }, 'coordinator'), unitsAs({ roles }, 'inspector', 'leader')],
  );
  return row?.id ?? null;
}

function hasNumber({ data }: AuditEvent): boolean {
  return typeof data === 'object' && data !== null && 'number' in data;
}

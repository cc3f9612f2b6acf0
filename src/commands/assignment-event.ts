import type { AuditEvent, JsonValue } from '../store/audit.ts';
import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';

type AssignmentChange =
  | 'acknowledged'
  | 'scheduled'
  | 'checked-in'
  | 'reported'
  | 'returned'
  | 'finding-opened'
  | 'finding-withdrawn'
  | 'times-recorded'
  | 'times-taken-back';

/** What the audit log keeps of a step of a task. */
export function assignmentEvent(
  { at, turn }: Pick<CommandContext, 'at' | 'turn'>,
  { id, number, campaignId, secret }: Pick<OwnAssignment, 'id' | 'number' | 'campaignId' | 'secret'>,
  what: AssignmentChange,
  data: { [key: string]: JsonValue } = {},
): AuditEvent {
  const about = `assignment:${id}`;
  const event = { at, by: turn.contact.id, kind: `assignment.${what}` as const, campaignId, about };
  return { ...event, data: { number, ...data }, ...(secret === null ? {} : { secret }) };
}

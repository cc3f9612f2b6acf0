import { type ReplyPlace, replyRow } from '../conversation/outcome.ts';
import type { Say } from '../flow/say.ts';
import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';

/** Whether other people of a room read what `reply` says. */
export function isOverheard({ room, turn }: Pick<CommandContext, 'room' | 'turn'>): boolean {
  return room !== null && !turn.body.slash;
}

/** Here; what belongs to a hidden inspection in private, wherever it was begun. */
export function placeFor({ turn }: CommandContext, { secret }: Pick<OwnAssignment, 'secret'>): ReplyPlace {
  if (secret === null || turn.room === null) return { urn: turn.urn, room: turn.room };
  return { urn: turn.contact.address ?? turn.urn, room: null };
}

/** As `replyPrivately`, without a line in the room: for when the room is told something itself. */
export function whisper({ turn, at, writes }: CommandContext, say: Say): void {
  writes.outbox.push(replyRow(say, { urn: turn.contact.address ?? turn.urn, room: null }, turn.contact, at));
}

import type { Receive } from '../../channels/channel.ts';
import type { Doorbell } from '../../channels/console/doorbell.ts';
import type { History, Persona, Room } from '../../channels/console/entry.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';

/** Everything the console page needs of the rest of the house. */
export interface ConsoleDoors {
  receive: Receive;
  /** Rung by `consoleChannel` when there is something new to read. */
  doorbell: Doorbell;
  personas(): Promise<Persona[]>;
  rooms(): Promise<Room[]>;
  history: History;
  /** A file of an entry, if this persona may see it. */
  file(id: string, as: string): Promise<{ name: string; mime: string; bytes: Uint8Array } | null>;
  clock: Clock;
  /** The clock is not the real one; the page says so. */
  rehearsal: boolean;
  /** The time zone in which times are shown (IANA); the browser's own without it. */
  zone?: string;
  /** How often a page is looked after without a ring, for what other processes sent. */
  pollMs?: number;
  log: Pick<Log, 'error'>;
}

/** Whether these two exist and the persona is in the room; `room` null is the private chat. */
export async function mayTalk(doors: ConsoleDoors, as: string, room: string | null): Promise<boolean> {
  return (await conversationsOf(doors, as)).includes(room);
}

/** The conversations of a persona: the private chat (null), then its rooms. None for a stranger. */
export async function conversationsOf(doors: ConsoleDoors, as: string): Promise<(string | null)[]> {
  const [personas, rooms] = await Promise.all([doors.personas(), doors.rooms()]);
  if (!personas.some((persona) => persona.urn === as)) return [];
  return [null, ...rooms.filter((room) => room.members?.includes(as) ?? true).map((room) => room.urn)];
}

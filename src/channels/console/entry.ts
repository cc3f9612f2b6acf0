import type { Text } from '../../flow/text.ts';
import type { Post } from '../channel.ts';

/** Somebody a visitor of the console page may be: a role of the campaign, never a real name. */
export interface Persona {
  /** E.g. `console:coordinator`. */
  urn: string;
  title: Text;
  role: string;
}

/** A group chat on the console page. */
export interface Room {
  /** E.g. `console:room/inspection`. */
  urn: string;
  title: Text;
  /** The personas who are in it; without this, everybody. */
  members?: string[];
}

/** A file of an entry; its bytes come from `ConsoleDoors.file`. `size` in bytes. */
export interface EntryFile {
  id: string;
  name: string;
  mime: string;
  size: number;
}

/** One message as the page shows it, in or out. An entry that changed (its ask was settled) comes again with the same `id`. */
export interface Entry {
  id: string;
  /** Where it stands in its conversation; never changes. */
  position: number;
  /** Opaque; later changes have later cursors. */
  cursor: string;
  /** Who said it; null is the bot. */
  author: { urn: string; title: Text } | null;
  /** ISO instant. */
  at: string;
  text: string;
  files: EntryFile[];
  ask?: NonNullable<Post['ask']>;
  /** The ask needs no answer any more. */
  settled?: boolean;
  /** The person addressed in a room. */
  mention?: Text;
  /** In a room: only the reader sees it. */
  only?: boolean;
  /** `Inbound.externalId`, for what came through this page. */
  externalId?: string;
}

/** The most entries one call of `History` answers. */
export const historyMax = 200;

/**
 * What one persona may see of its private chat (`room` null) or of a room, oldest first, at most `historyMax`:
 * without `after` the latest, with it those whose cursor is later. Entries of transactions that commit out of order
 * may turn up late, up to 32 places back.
 */
export type History = (as: string, room: string | null, after: string | null) => Promise<Entry[]>;

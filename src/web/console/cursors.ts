import { z } from 'zod';

/** How far each conversation was read: the room's address, '' for the private chat, to a cursor. */
const Cursors = z.record(z.string(), z.string());
export type Cursors = z.infer<typeof Cursors>;

/** As the id of an event, which may hold no line break. */
export function cursorsTo(cursors: Cursors): string {
  return Buffer.from(JSON.stringify(cursors)).toString('base64url');
}

/** What a page brings back; anything it cannot have had from us means the beginning. */
export function cursorsFrom(id: unknown): Cursors {
  if (typeof id !== 'string' || id.length > 4000) return {};
  try {
    const read = Cursors.safeParse(JSON.parse(Buffer.from(id, 'base64url').toString()));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}

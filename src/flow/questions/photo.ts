import { z } from 'zod';
import { saysNothing } from '../reading/baffled.ts';
import { normalise, trimMarks } from '../reading/normalise.ts';
import { isNone } from '../reading/pickWords.ts';
import { certain, inferred, type Reading, unread } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import type { Attachment } from '../value.ts';
import { answerable } from './base.ts';

/** Photos or short videos, `min` to `max` of them; more than one message may bring them. */
export const PhotoQuestion = z.strictObject({
  type: z.literal('photo'),
  ...answerable,
  min: z.int().min(0).default(1),
  max: z.int().min(1).max(20).default(9),
  /** Earlier questions whose problem these photos are evidence of. */
  evidenceOf: z.array(z.string()).optional(),
});
export type PhotoQuestion = z.infer<typeof PhotoQuestion>;

/**
 * The photos and videos of one message; the engine adds up several messages until there are `min`. Where other files
 * came along they are left out, and the person is told how many photos were taken.
 */
export function readPhoto({ min, max, required }: PhotoQuestion, reply: Reply): Reading<Attachment[]> {
  if (reply.press !== undefined) return unread('flow:hint.press');
  const photos = reply.attachments.filter(({ mime }) => /^(?:image|video)\//i.test(mime));
  if (photos.length > max) return unread('flow:hint.photo.max', { max });
  if (photos.length > 0)
    return photos.length === reply.attachments.length ? certain(photos) : inferred(photos);
  if (reply.attachments.length > 0) return unread('flow:hint.photo.type');
  if (!required && saysNothing(reply.text)) return { kind: 'skip' };
  const nothing = min === 0 && reply.text.length < 30 && isNone(trimMarks(normalise(reply.text)));
  return nothing ? inferred([]) : unread('flow:hint.photo');
}

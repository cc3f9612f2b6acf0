import { z } from 'zod';

/** A place as a chat can give it: coordinates, words, or both. Degrees, WGS 84. */
export const Place = z.strictObject({
  label: z.string().optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});
export type Place = z.infer<typeof Place>;

/** One photo or other file that came with a reply, already stored. `size` in bytes. */
export const Attachment = z.strictObject({
  id: z.string(),
  mime: z.string(),
  size: z.number().int(),
  sha256: z.string(),
});
export type Attachment = z.infer<typeof Attachment>;

/**
 * A share with the counts behind it: `done` of `of`, and what that comes to in percent, to two decimals (18 of 20 is 90).
 * Thresholds and sums go by the counts.
 */
export const Counts = z
  .strictObject({
    done: z.int().min(0),
    of: z.int().min(1),
    percent: z.number().min(0).max(100),
  })
  .refine(({ done, of }) => done <= of, 'more than all');
export type Counts = z.infer<typeof Counts>;

/**
 * The stored answer to one question, by its type: choice → option id; choices → option ids; level → 1 (worst) to 5;
 * number → number in the question's unit, or Counts
 * where counts were asked for and given; text → string; date → YYYY-MM-DD; photo → attachments; place → Place.
 */
export const Value = z.union([
  z.string(),
  z.number(),
  z.array(z.string()),
  z.array(Attachment),
  Counts,
  Place,
]);
export type Value = z.infer<typeof Value>;

/** Answers that stand, by question id. */
export const Values = z.record(z.string(), Value);
export type Values = z.infer<typeof Values>;

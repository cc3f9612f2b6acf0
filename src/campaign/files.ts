import { z } from 'zod';

/** What a file takes over from others, the later winning: names of libraries, or paths beside the file. */
export const Extends = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.string().min(1).max(200)).max(20),
);

/** As an editor should offer it: one, or a list. */
export const ExtendsInFile = z.union([
  z.string().min(1).max(200),
  z.array(z.string().min(1).max(200)).min(1).max(20),
]);

/**
 * Tables (CSV) beside the file, for what is too long to be written in it. `units`: id, name, kind, parent, aliases;
 * `pairs`: activity, inspector, inspected; `participants`: activity, unit.
 */
export const Registers = z.strictObject({
  units: z.string().min(1).max(200).optional(),
  pairs: z.string().min(1).max(200).optional(),
  participants: z.string().min(1).max(200).optional(),
});
export type Registers = z.infer<typeof Registers>;

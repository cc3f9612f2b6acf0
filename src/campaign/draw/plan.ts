import { z } from 'zod';

/** The most that take part in one draw; with weights up to 10,000 all tickets together stay below 2^32. */
export const membersMax = 200_000;
export const weightMax = 10_000;

/** How many: a number, or a share of the frame in percent, rounded up (“以上” includes the number, 民法典 art. 1259). */
const Take = z.union([
  z.strictObject({ count: z.int().min(1).max(membersMax) }),
  z.strictObject({ percent: z.int().min(1).max(100) }),
]);
export type Take = z.infer<typeof Take>;

const sampling = {
  take: Take,
  /** At least this share of every kind, in percent, rounded up; null: kinds don't matter. */
  each: z.int().min(1).max(100).nullable(),
  /** As many tickets as the register gives a member, not one each. */
  weighted: z.boolean(),
};

/** So many of the members, each at most once (JX-3.3: three to five windows of the whole register). */
const SamplePlan = z.strictObject({ kind: z.literal('sample'), ...sampling });
export type SamplePlan = z.infer<typeof SamplePlan>;

/** 双随机: objects from one register, and for each of them `inspectors` people from the other (DOMAIN 2.8). */
const TeamsPlan = z.strictObject({
  kind: z.literal('teams'),
  ...sampling,
  inspectors: z.int().min(1).max(20),
});
export type TeamsPlan = z.infer<typeof TeamsPlan>;

/**
 * Everybody inspects one other and is inspected by one other (JX-3.5). `mutual`: two may inspect one another;
 * `oneCycle`: all stand in a single circle.
 */
const MatrixPlan = z.strictObject({ kind: z.literal('matrix'), mutual: z.boolean(), oneCycle: z.boolean() });
export type MatrixPlan = z.infer<typeof MatrixPlan>;

/** What is to be drawn. It is settled, and published with the seed's hash, before the frame is frozen. */
export const DrawPlan = z.discriminatedUnion('kind', [SamplePlan, TeamsPlan, MatrixPlan]);
export type DrawPlan = z.infer<typeof DrawPlan>;

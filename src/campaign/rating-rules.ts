import { z } from 'zod';
import { Clock } from './instant.ts';
import { isNetwork } from './network.ts';
import { refusal } from './refusal.ts';

/** How long a step of a negative rating may take: workdays, or days as 民法典 art. 201 counts them. */
export const StepTime = z.union([
  z.strictObject({ workdays: z.int().min(1).max(250) }),
  z.strictObject({ days: z.int().min(1).max(365) }),
]);
export type StepTime = z.infer<typeof StepTime>;

const percent = z.number().min(0).max(100);

/** An address range as `10.8.0.0/16` or `2001:db8::/32`. */
const Network = z.string().refine(isNetwork, refusal('fault.bad-network'));

/**
 * How a campaign collects citizens' ratings and looks into the negative ones. The clocks are local rules everywhere
 * (DOMAIN 2.2: one workday to contact, 7 days or 15 workdays to put right), and so is the score map (DOMAIN 2.9).
 */
export const RatingRules = z.strictObject({
  /** Points of the five levels, the best first. */
  scores: z.tuple([percent, percent, percent, percent, percent]).default([100, 80, 60, 40, 20]),
  /** What is aimed at, in percent: levels 4 and 5, and levels 3 to 5. */
  aims: z.strictObject({ satisfied: percent.optional(), notNegative: percent.optional() }).default({}),
  /** 核实, 整改, 反馈, 回访; 申诉: within which an appeal is decided. */
  steps: z
    .strictObject({
      verify: StepTime.default({ workdays: 1 }),
      rectify: StepTime.default({ workdays: 15 }),
      reply: StepTime.default({ workdays: 1 }),
      callBack: StepTime.default({ workdays: 3 }),
      appeal: StepTime.default({ workdays: 5 }),
    })
    .prefault({}),
  /** Days after closing for which a contact that was left for a call-back is kept (PIPL art. 19). */
  keepContactDays: z.int().min(0).max(365).default(30),
  /** Ratings that one device may give one unit in one day. */
  perDeviceDay: z.int().min(1).max(100).default(10),
  /** When the windows close. */
  closing: Clock.default('17:00'),
  /** The offices' own networks: what comes from there is marked. */
  staffNetworks: z.array(Network).max(100).default([]),
  /** When a rating is marked as perhaps not a citizen's own; it is kept and shown both with and without. */
  signals: z
    .strictObject({
      /** So many ratings of one unit within the last minutes before it closes, and far more than usual. */
      burst: z
        .strictObject({ minutes: z.int().min(5).max(60).default(15), from: z.int().min(3).default(10) })
        .prefault({}),
      /** So many in a day, all of the highest level, where that is hardly possible by chance. */
      streak: z.strictObject({ from: z.int().min(5).default(20) }).prefault({}),
      /** So many units rated from one device in a day. */
      windows: z.strictObject({ from: z.int().min(2).default(4) }).prefault({}),
      /** The same words so many times, of at least so many letters. */
      comments: z
        .strictObject({ from: z.int().min(2).default(3), letters: z.int().min(1).default(8) })
        .prefault({}),
      /** Filled in within fewer seconds. */
      fastSeconds: z.int().min(0).max(60).default(3),
    })
    .prefault({}),
});
export type RatingRules = z.infer<typeof RatingRules>;

import { z } from 'zod';

/**
 * How far a negative rating is looked into: 核实 → 整改 → 反馈 → 回访 → closed (办结). `appealed`: somebody of the unit says that it
 * is mistaken or malicious (申诉), and its clock stands still until that is decided (国办发〔2019〕51号).
 */
export const caseStages = [
  'verifying',
  'rectifying',
  'replying',
  'calling-back',
  'appealed',
  'closed',
] as const;
export type CaseStage = (typeof caseStages)[number];

/**
 * How a case ended: the rater was satisfied with the fix, or was still not after a second one; could not be reached; did not
 * say anything though they could; could not be asked; the rating is not counted (不计入), was changed or taken back.
 */
export const caseEndings = [
  'satisfied',
  'dissatisfied',
  'unreachable',
  'silent',
  'replied',
  'struck',
  'changed',
  'withdrawn',
] as const;
export type CaseEnding = (typeof caseEndings)[number];

/** What the rater says of the fix: 3 满意, 2 基本满意, 1 不满意. */
export const Again = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Again = z.infer<typeof Again>;

/** What a call-back brought. */
export type CallResult = Again | 'unreachable';

/** Who is told in turn when nobody moves (问题升级). */
export const chaseLevels = ['owner', 'head', 'coordinator', 'group'] as const;
export type ChaseLevel = (typeof chaseLevels)[number];

const Day = z.iso.date();

/**
 * One case as it is kept between two moves. Plain JSON; people and units by their ids, days YYYY-MM-DD in the campaign's
 * zone. What a citizen did has no instant anywhere (docs/privacy.md): `since` is a day.
 */
export const RatingCase = z.strictObject({
  stage: z.enum(caseStages),
  /** The day on which the stage began. */
  since: Day,
  /** Its last day, inclusive; null when closed. */
  dueOn: Day.nullable(),
  /** 立行立改, 限期整改, 无依据. */
  verdict: z.enum(['simple', 'complex', 'no-basis']).nullable(),
  /** Whoever of the rated unit found that there is no basis: somebody else agrees or returns it. Null when nobody waits for that. */
  proposed: z.string().nullable().default(null),
  /** What was found when it was looked into. */
  finding: z.string().nullable(),
  measure: z.string().nullable(),
  /** The words for the rater, shown to whoever holds the receipt. */
  reply: z.string().nullable(),
  /** Whether the rater left a contact, also after that was deleted; and whether they can answer by receipt. */
  contact: z.boolean(),
  receipt: z.boolean(),
  /** The rater waits for the reply in the chat that they wrote from, which nobody but the service sees. */
  chat: z.boolean(),
  /** A reply is to be told there, on a full hour. */
  relay: z.boolean(),
  /** Days on which somebody called and nobody answered. */
  tries: z.array(Day),
  /** The result of a call that somebody who put it right has made: another person must confirm it. */
  called: z.strictObject({ result: z.union([Again, z.literal('unreachable')]), by: z.string() }).nullable(),
  /** The second rating, and whether the rater gave it or told it somebody who called. */
  again: Again.nullable(),
  againBy: z.enum(['staff', 'rater']).nullable(),
  /** People who put it right, or found that there is nothing to: they never close it (谁整改的不能销号, DOMAIN 2.6). */
  fixers: z.array(z.string()),
  /** How often it was put right once more (二次整改). */
  rounds: z.int().min(0),
  /** The appeal, of which there is one. */
  appeal: z
    .strictObject({ by: z.string(), reason: z.string(), decided: z.enum(['upheld', 'refused']).nullable() })
    .nullable(),
  /** A stage was left after its last day. */
  late: z.boolean(),
  ended: z.enum(caseEndings).nullable(),
  /** What a citizen did and nobody was told of yet: that goes out on the next full hour. */
  news: z.enum(['opened', 'contact', 'again', 'over']).nullable(),
  /** Whoever owes the step was reminded of its last day. */
  reminded: z.boolean(),
  /**
   * The step of the escalation that was taken last for this stage; null before any. `at`: the full hour at which somebody
   * was told, null when nobody was there.
   */
  chase: z.strictObject({ level: z.int().min(1), at: z.iso.datetime().nullable() }).nullable(),
});
export type RatingCase = z.infer<typeof RatingCase>;

/** Calls on so many days before somebody counts as not to be reached. */
export const triesMin = 3;

/** How often it is put right once more for a rater who is not satisfied. */
export const roundsMax = 1;

import { z } from 'zod';

/**
 * How far a problem's putting-right (整改) is. `returned`: one answer was sent back. `disputed`: the unit objects, its
 * clock stands still. `reopened`: the look back (回头看) found it again. It ends `closed` (销号), or `revoked` when an objection
 * was upheld or the inspection took its finding back, or `merged` or `split` when it goes on under other numbers.
 */
export const rectificationStates = [
  'ordered',
  'accepted',
  'working',
  'replied',
  'verified',
  'closed',
  'returned',
  'disputed',
  'reopened',
  'revoked',
  'merged',
  'split',
] as const;
export type RectificationState = (typeof rectificationStates)[number];

/**
 * What was ordered: 立行立改 at once; 限期 by a day (its steps are the unit's to name); or bound to an event or a condition
 * that nobody knows the day of, and therefore with a day on which it is looked at again (MDJ-3.4, DA-2). Days are
 * YYYY-MM-DD, inclusive.
 */
export const Task = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('instant'), dueOn: z.iso.date() }),
  z.strictObject({ kind: z.literal('dated'), dueOn: z.iso.date() }),
  z.strictObject({ kind: z.literal('event'), awaits: z.string().min(1), reviewOn: z.iso.date() }),
  z.strictObject({ kind: z.literal('condition'), awaits: z.string().min(1), reviewOn: z.iso.date() }),
]);
export type Task = z.infer<typeof Task>;

const Instant = z.iso.datetime();

/** The step of the escalation chain that was told last, and what those told did about it. */
export const Chase = z.strictObject({
  /** The silence it is about: since when an answer is awaited. */
  since: Instant,
  /** Place in the chain; 0 is who owes the answer. */
  level: z.int().min(0),
  toldAt: Instant,
  answer: z.strictObject({ kind: z.enum(['acknowledged', 'passed']), at: Instant }).nullable(),
});
export type Chase = z.infer<typeof Chase>;

/** One rectification as it is kept between two moves. Plain JSON; people and units by their ids. */
export const Rectification = z.strictObject({
  state: z.enum(rectificationStates),
  /** The unit that fixes. */
  unit: z.string(),
  task: Task,
  /** What the coordinator asks for, in own words. */
  requirement: z.string().nullable(),
  orderedAt: Instant,
  /** When the unit was first told; null while nobody is there to be told. */
  receivedAt: Instant.nullable(),
  /** The last change of whose turn it is. */
  since: Instant,
  /** Who answers for it and what is done, as the unit replied. */
  owner: z.string().nullable(),
  measure: z.string().nullable(),
  steps: z.string().nullable(),
  /** People who accepted, worked or replied: they never judge it, wherever they belong later. */
  fixers: z.array(z.string()),
  /** People who took part in the conclusion (found, ordered, returned): they decide no objection to it. */
  involved: z.array(z.string()),
  returned: z.strictObject({ question: z.string(), reason: z.string() }).nullable(),
  extension: z.strictObject({ until: z.iso.date(), reason: z.string(), askedAt: Instant }).nullable(),
  extensions: z.int(),
  /** The objection being decided; `left`: workdays that were left then, given back when it is dismissed. */
  dispute: z
    .strictObject({
      at: Instant,
      reason: z.string(),
      before: z.enum(rectificationStates),
      left: z.int().min(0),
    })
    .nullable(),
  /** An objection was decided: there is no second one. */
  objected: z.boolean(),
  reopened: z.int(),
  chase: Chase.nullable(),
  /** Every reminder up to this instant was sent or skipped. */
  remindedTo: Instant.nullable(),
});
export type Rectification = z.infer<typeof Rectification>;

/** The day that the task is due, or looked at again. */
export function dueOf(task: Task): string {
  return 'dueOn' in task ? task.dueOn : task.reviewOn;
}

/** The same task by another day. */
export function dueBy(task: Task, day: string): Task {
  return 'dueOn' in task ? { ...task, dueOn: day } : { ...task, reviewOn: day };
}

/** States in which nobody owes anything more. */
export const overStates: readonly RectificationState[] = ['closed', 'revoked', 'merged', 'split'];

/** Over: nobody owes anything more. */
export function isOver({ state }: Pick<Rectification, 'state'>): boolean {
  return overStates.includes(state);
}

/**
 * Whether a problem was taken back by its inspection: whether or not its order, where there is one, was called off by then.
 * One whose order was revoked because an objection was upheld may be ordered again.
 */
export function isTakenBack(status: string, record: Rectification | null): boolean {
  return status === 'withdrawn' && !(record?.state === 'revoked' && record.objected);
}

/** Whether it is the unit's turn to act. */
export function isUnitsTurn({ state, extension }: Pick<Rectification, 'state' | 'extension'>): boolean {
  const open: RectificationState[] = ['ordered', 'accepted', 'working', 'returned', 'reopened'];
  return open.includes(state) && extension === null;
}

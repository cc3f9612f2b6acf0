import { z } from 'zod';
import { Text } from '../../flow/text.ts';
import { membersMax, weightMax } from './plan.ts';

/** Why somebody does not inspect something: the unit is their own, in their area, was theirs, or they said so. */
export const recusalReasons = ['own-unit', 'own-area', 'former-unit', 'interest'] as const;
export type RecusalReason = (typeof recusalReasons)[number];

/** Something or somebody that can be drawn. */
const Member = z.strictObject({
  id: z.string().min(1),
  /** For minimum shares. */
  kind: z.string().optional(),
  name: Text,
  /** How many tickets; 1 without. */
  weight: z.int().min(1).max(weightMax).optional(),
  /** The codes of the unit itself and of every unit above it, where recusal matters. */
  within: z.array(z.string()).optional(),
});
export type Member = z.infer<typeof Member>;

/** Somebody who inspects, with the units that they must not: neither these nor anything under them. */
const Inspector = z.strictObject({
  id: z.string().min(1),
  name: Text,
  avoids: z.array(z.strictObject({ unit: z.string(), reason: z.enum(recusalReasons) })),
});
export type Inspector = z.infer<typeof Inspector>;

/** The most days that one is drawn from. */
export const daysMax = 366;

/** The registers a draw is made from. In a matrix the same units are members and inspectors. */
export const Frame = z.strictObject({
  members: z.array(Member).max(membersMax),
  inspectors: z.array(Inspector).max(membersMax),
  /** Where teams are drawn with a day each: the days there are, YYYY-MM-DD. */
  days: z.array(z.iso.date()).min(1).max(daysMax).optional(),
});
export type Frame = z.infer<typeof Frame>;

/** Who was kept out of the frame, and why: a recusal, or a coordinator's own words. */
export const Excluded = z.strictObject({
  id: z.string().min(1),
  name: Text,
  reason: z.union([z.enum(recusalReasons), z.strictObject({ words: z.string().min(1) })]),
});
export type Excluded = z.infer<typeof Excluded>;

/** The frame in the one order that every draw is made in: by id, letter for letter (UTF-16 code units). */
export function inOrder({ members, inspectors, days }: Frame): Frame {
  const lists = { members: [...members].sort(byId), inspectors: [...inspectors].sort(byId) };
  return days === undefined ? lists : { ...lists, days: [...days].sort() };
}

/** The first id or day that stands twice or out of order; null when the frame is as `inOrder` leaves it. */
export function outOfOrder({ members, inspectors, days = [] }: Frame): string | null {
  for (const list of [members.map(({ id }) => id), inspectors.map(({ id }) => id), days])
    for (let place = 1; place < list.length; place += 1) {
      const id = list[place] ?? '';
      if ((list[place - 1] ?? '') >= id) return id;
    }
  return null;
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

import { z } from 'zod';
import { Pair } from '../matrix.ts';
import type { DrawResult } from './draw.ts';
import { Excluded, Frame } from './frame.ts';
import { DrawPlan } from './plan.ts';
import { sha256 } from './sha256.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

const Result = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sample'), drawn: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('teams'),
    teams: z.array(
      z.strictObject({
        object: z.string(),
        inspectors: z.array(z.string()),
        day: z.iso.date().optional(),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('matrix'), pairs: z.array(Pair) }),
]) satisfies z.ZodType<DrawResult>;

/** The parts of a record that have a print of their own, so that a change can be placed. */
export const parts = ['plan', 'frame', 'excluded', 'result'] as const;
export type Part = (typeof parts)[number];

/** Everything that anybody needs to repeat a draw. Instants are ISO, hashes SHA-256 in small hex digits. */
export const DrawRecord = z.strictObject({
  duban: z.literal('draw'),
  algorithm: z.string().min(1),
  code: z.string().min(1),
  campaign: z.string().min(1),
  activity: z.string().nullable(),
  plan: DrawPlan,
  /** Told before the frame was frozen: the SHA-256 of the seed's 64 digits. */
  commitment: Hash,
  committedAt: z.iso.datetime(),
  frozenAt: z.iso.datetime(),
  seed: Hash,
  /** Draws about the same thing that were made before, and why there was another one. */
  earlier: z.array(z.string()),
  reason: z.string().nullable(),
  frame: Frame,
  excluded: z.array(Excluded),
  result: Result,
  prints: z.strictObject({ plan: Hash, frame: Hash, excluded: Hash, result: Hash }),
  /** Told with the result. Over all of the above but the four parts, for which their prints stand. */
  fingerprint: Hash,
});
export type DrawRecord = z.infer<typeof DrawRecord>;

/** The record with its prints. */
export function sealRecord(open: Omit<DrawRecord, 'prints' | 'fingerprint'>): DrawRecord {
  const prints = printsOf(open);
  return { ...open, prints, fingerprint: fingerprintOf({ ...open, prints }) };
}

export function printsOf(record: Pick<DrawRecord, Part>): DrawRecord['prints'] {
  const print = (part: Part) => sha256(canonical(record[part]));
  return { plan: print('plan'), frame: print('frame'), excluded: print('excluded'), result: print('result') };
}

export function fingerprintOf(record: Omit<DrawRecord, 'fingerprint'>): string {
  const rest = Object.entries(record).filter(
    ([name]) => name !== 'fingerprint' && !parts.some((part) => part === name),
  );
  return sha256(canonical(Object.fromEntries(rest)));
}

/** What is published of a seed before it is used. */
export function commitmentOf(seed: string): string {
  return sha256(seed);
}

/** JSON without blanks, the keys of every object in order, as `jq -cS` writes it. */
function canonical(value: unknown): string {
  // A long frame is in order already as a rule, and copying 100,000 members would cost more than drawing.
  return JSON.stringify(isInKeyOrder(value) ? value : inKeyOrder(value));
}

function isInKeyOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInKeyOrder);
  let last = '';
  for (const [name, inner] of Object.entries(value)) {
    if (name < last || (typeof inner === 'object' && !isInKeyOrder(inner))) return false;
    last = name;
  }
  return true;
}

function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, inKeyOrder(inner)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

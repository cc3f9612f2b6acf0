import { z } from 'zod';
import type { Run } from './writes.ts';

const Days = z.strictObject({ dueOn: z.string(), reportOn: z.string().nullable() });
const Moved = Days.extend({ id: z.string() });

/** How a deed is undone: what stood before it. */
export const Undo = z.discriminatedUnion('kind', [
  /** The day of a task was moved, from `task` to `now`; `wasMoved`: not for the first time. */
  z.strictObject({
    kind: z.literal('extend'),
    campaignId: z.string(),
    task: Moved,
    now: Days,
    wasMoved: z.boolean(),
  }),
  /** Tasks were handed from one unit to another; `first`: those that were with the unit that the file gave them to. */
  z.strictObject({
    kind: z.literal('assign'),
    campaignId: z.string(),
    tasks: z.array(z.string()),
    from: z.string(),
    to: z.string(),
    first: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('pause'), campaignId: z.string() }),
  z.strictObject({ kind: z.literal('resume'), campaignId: z.string(), pausedAt: z.string() }),
  z.strictObject({ kind: z.literal('end'), campaignId: z.string() }),
  /** Reminders by hand were queued; `keys`: of the messages. */
  z.strictObject({ kind: z.literal('remind'), campaignId: z.string(), keys: z.array(z.string()) }),
]);
export type Undo = z.infer<typeof Undo>;

/** The last that somebody did. `undo` is null for what can't be undone. */
export interface Deed {
  id: string;
  command: string;
  at: Date;
  undo: Undo | null;
}

/** Keeps what somebody has just done, in place of what they did before. @param id the number of the message that asked for it */
export async function keepDeed(
  run: Run,
  contactId: string,
  { id, command, at, undo }: { id: string; command: string; at: string; undo: Undo | null },
): Promise<void> {
  await run(
    `INSERT INTO deed (contact_id, id, command, at, undo) VALUES ($1::uuid, $2, $3, $4::timestamptz, $5::jsonb)
     ON CONFLICT (contact_id) DO UPDATE SET id = $2, command = $3, at = $4::timestamptz, undo = $5::jsonb`,
    [contactId, id, command, at, undo === null ? null : JSON.stringify(undo)],
  );
}

export async function lastDeed(run: Run, contactId: string): Promise<Deed | null> {
  const [row] = await run<Omit<Deed, 'undo'> & { undo: unknown }>(
    'SELECT id, command, at, undo FROM deed WHERE contact_id = $1::uuid',
    [contactId],
  );
  return row === undefined ? null : { ...row, undo: row.undo === null ? null : Undo.parse(row.undo) };
}

/** A deed is undone once. */
export async function forgetDeed(run: Run, contactId: string): Promise<void> {
  await run('DELETE FROM deed WHERE contact_id = $1::uuid', [contactId]);
}

/** The key of what is told of a deed. */
export function deedKey(id: string, to: string): string {
  return `deed:${id}:${to}`;
}

/** Takes back what is told of a deed and waits. @returns how many messages have gone out already, which nothing takes back */
export async function takeBackTold(run: Run, id: string): Promise<number> {
  await run(
    `DELETE FROM outbox WHERE status = 'waiting' AND starts_with(key, 'deed:') AND split_part(key, ':', 2) = $1`,
    [id],
  );
  const left = await run(
    `SELECT seq FROM outbox WHERE starts_with(key, 'deed:') AND split_part(key, ':', 2) = $1`,
    [id],
  );
  return left.length;
}

/**
 * Takes back those reminders by hand that wait still. One that another coordinator queued under the same key stays.
 * @param at when they were queued
 * @returns how many were taken back, and how many are out or on their way, which nothing takes back
 */
export async function takeBackReminders(
  run: Run,
  keys: readonly string[],
  at: Date,
): Promise<{ back: number; out: number }> {
  const back = await run(
    `DELETE FROM outbox WHERE key = ANY ($1::text[]) AND created_at = $2::timestamptz AND status IN ('waiting', 'held') RETURNING 1`,
    [keys, at],
  );
  const out = await run(
    `SELECT 1 FROM outbox WHERE key = ANY ($1::text[]) AND created_at = $2::timestamptz AND status IN ('sending', 'sent')`,
    [keys, at],
  );
  return { back: back.length, out: out.length };
}

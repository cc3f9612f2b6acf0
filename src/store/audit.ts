import type { AuditKind } from './audit-kinds.ts';
import type { Run } from './writes.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Something that happened, in ids and our own words: no citizen's text, no address, no name. */
export interface AuditEvent {
  /** ISO instant. */
  at: string;
  /** The contact who did it; null for the service itself and for somebody at a terminal. */
  by: string | null;
  /** What happened, `<thing>.<what>`: `finding.closed`, `secret.seen`. */
  kind: AuditKind;
  campaignId: string | null;
  /** What it happened to, `<thing>:<id or number>`. */
  about: string;
  data: JsonValue;
  /** The id of the secret activity that the event tells of. */
  secret?: string;
}

/**
 * Adds events to the chain. Holds the chain until the transaction ends: it must be the last that a transaction does, or two
 * of them could wait for one another for ever.
 */
export async function appendAudit(run: Run, events: AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await run('SELECT audit_append($1::text[])', [events.map(auditBody)]);
}

/** The text that is stored and hashed: JSON with the keys of every object in order of their code units. */
export function auditBody(event: AuditEvent): string {
  return JSON.stringify(event, (_, value: unknown) => (isObject(value) ? sorted(value) : value));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

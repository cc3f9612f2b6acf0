import { createHash } from 'node:crypto';
import type { Run } from './writes.ts';

/** A row of the log as it is stored; `body` is the very text that was hashed. */
export interface AuditRow {
  seq: number;
  previous: string;
  body: string;
  hash: string;
  /** What Postgres read from the body. */
  kind: string;
  about: string;
  campaignId: string | null;
  secret: string | null;
}

/** What a walk along the chain found. `seq` names the first row that is not as it was. */
export type Walked =
  | { kind: 'intact'; rows: number; head: string }
  /** Its text, or its hash with it. */
  | { kind: 'changed'; seq: number }
  | { kind: 'removed'; seq: number }
  /** The row in its place is `belongs`. */
  | { kind: 'reordered'; seq: number; belongs: number }
  /** The chain is sound, but a hash that it once had is not in it: its end was cut off, or all after some row made anew. */
  | { kind: 'cut'; rows: number; head: string };

/** The hash before the first row. */
export const noHash = '0'.repeat(64);

/** Rows read at once. */
const chunkMax = 2000;

/** SHA-256 in hex of `<previous>\n<seq>\n<body>`, as the function audit_append makes it. */
export function auditHash({ previous, seq, body }: Pick<AuditRow, 'previous' | 'seq' | 'body'>): string {
  return createHash('sha256').update(`${previous}\n${seq}\n${body}`).digest('hex');
}

/**
 * Follows the chain from its first row to its last, and stops at the first that does not fit.
 * @param head a hash that the chain must still have, as it was noted down elsewhere
 */
export async function walkAudit(run: Run, head?: string): Promise<Walked> {
  let last: Pick<AuditRow, 'seq' | 'hash'> = { seq: 0, hash: noHash };
  let isThere = head === undefined || head === noHash;
  for await (const rows of auditRows(run))
    for (const row of rows) {
      const fault = await faultAt(run, row, last);
      if (fault !== null) return fault;
      isThere ||= row.hash === head;
      last = row;
    }
  return { kind: isThere ? 'intact' : 'cut', rows: last.seq, head: last.hash };
}

/** The log in its order, in parts that fit into memory however long it is. */
export async function* auditRows(run: Run): AsyncGenerator<AuditRow[]> {
  for (let after = 0; ; ) {
    const rows = await run<Omit<AuditRow, 'seq'> & { seq: string }>(
      `SELECT seq::text, previous, body::text, hash, kind, about, campaign_id::text AS "campaignId", secret::text
       FROM audit WHERE seq > $1 ORDER BY audit.seq LIMIT ${chunkMax}`,
      [after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    after = Number(last.seq);
  }
}

/** The last row's number and hash: what to note down elsewhere. */
export async function auditHead(run: Run): Promise<{ rows: number; head: string }> {
  const [row] = await run<{ seq: string; hash: string }>(
    'SELECT seq::text, hash FROM audit ORDER BY audit.seq DESC LIMIT 1',
    [],
  );
  return row === undefined ? { rows: 0, head: noHash } : { rows: Number(row.seq), head: row.hash };
}

/** What is wrong with a row behind the one before it, all of which fits; null when nothing is. */
async function faultAt(
  run: Run,
  row: AuditRow,
  last: Pick<AuditRow, 'seq' | 'hash'>,
): Promise<Walked | null> {
  const seq = last.seq + 1;
  if (row.seq !== seq) return { kind: 'removed', seq };
  const isItself = auditHash(row) === row.hash;
  // Rows make sense by themselves but not together: the one before was changed and given a hash to fit.
  if (isItself && row.previous !== last.hash) return { kind: 'changed', seq: Math.max(1, last.seq) };
  if (isItself) return isTold(row) ? null : { kind: 'changed', seq };
  const belongs = await placeOf(run, row);
  if (belongs === null) return { kind: 'changed', seq };
  // It moved up because what stood here is gone, or it changed places with another.
  return (await isKnown(run, row.previous)) || belongs < seq
    ? { kind: 'reordered', seq, belongs }
    : { kind: 'removed', seq };
}

/** Whether the columns say what the body says. They can't differ unless the table was altered. */
function isTold({ body, kind, about, campaignId, secret }: AuditRow): boolean {
  const told = JSON.parse(body) as Partial<AuditRow>;
  const same = told.kind === kind && told.about === about;
  return same && (told.campaignId ?? null) === campaignId && (told.secret ?? null) === secret;
}

/** The place for which a row, or the text in it, was hashed; null when there is none. */
async function placeOf(run: Run, { previous, body, hash, seq }: AuditRow): Promise<number | null> {
  for await (const rows of auditRows(run))
    for (const other of rows) {
      if (other.seq === seq) continue;
      if (auditHash({ previous, seq: other.seq, body }) === hash) return other.seq;
      if (auditHash({ ...other, body }) === other.hash) return other.seq;
    }
  // The last row moved up has left its own place.
  const next = (await auditHead(run)).rows + 1;
  return auditHash({ previous, seq: next, body }) === hash ? next : null;
}

async function isKnown(run: Run, hash: string): Promise<boolean> {
  if (hash === noHash) return true;
  return (await run('SELECT 1 FROM audit WHERE hash = $1 LIMIT 1', [hash])).length > 0;
}

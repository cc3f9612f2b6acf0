import type { Run } from './writes.ts';

/** A file as it was handed out; `at` (ISO) is what it is as of, `size` in bytes. Without `madeBy` it was made at a terminal. */
export interface Snapshot {
  id: string;
  kind: string;
  campaignId: string;
  parameters: Record<string, string>;
  name: string;
  mime: string;
  at: string;
  madeBy: string | null;
  /** Rows of data in it. */
  rows: number;
  size: number;
  sha256: string;
}

/** Keeps what is known of a file; its bytes follow with {@link addPart} in the same transaction. */
export async function addSnapshot(run: Run, snapshot: Snapshot): Promise<void> {
  const { id, kind, campaignId, parameters, name, mime, at, madeBy, rows, size, sha256 } = snapshot;
  await run(
    `INSERT INTO snapshot (id, kind, campaign_id, parameters, name, mime, at, made_by, rows, size, sha256)
     VALUES ($1, $2, $3::uuid, $4::jsonb, $5, $6, $7::timestamptz, $8::uuid, $9, $10, $11)`,
    [id, kind, campaignId, JSON.stringify(parameters), name, mime, at, madeBy, rows, size, sha256],
  );
}

/** Adds what is known only when a file is made; until the transaction ends nobody sees it. */
export async function finishSnapshot(
  run: Run,
  { id, rows, size, sha256 }: Pick<Snapshot, 'id' | 'rows' | 'size' | 'sha256'>,
): Promise<void> {
  await run('UPDATE snapshot SET rows = $2, size = $3, sha256 = $4 WHERE id = $1', [id, rows, size, sha256]);
}

export async function addPart(run: Run, id: string, n: number, bytes: Buffer): Promise<void> {
  await run('INSERT INTO snapshot_part (snapshot_id, n, bytes) VALUES ($1, $2, $3)', [id, n, bytes]);
}

export async function findSnapshot(run: Run, id: string): Promise<Snapshot | null> {
  const [row] = await run<Omit<Snapshot, 'at' | 'size'> & { at: Date; size: string }>(
    `SELECT id, kind, campaign_id::text AS "campaignId", parameters, name, mime, at, made_by::text AS "madeBy", rows,
       size::text, sha256 FROM snapshot WHERE id = $1`,
    [id],
  );
  return row === undefined ? null : { ...row, at: row.at.toISOString(), size: Number(row.size) };
}

/** One piece of its bytes, counted from 0; null behind the last. */
export async function partOf(run: Run, id: string, n: number): Promise<Buffer | null> {
  const [row] = await run<{ bytes: Buffer }>(
    'SELECT bytes FROM snapshot_part WHERE snapshot_id = $1 AND n = $2',
    [id, n],
  );
  return row?.bytes ?? null;
}

import { createHash } from 'node:crypto';
import { type Database, inTransaction, runOn } from '../store/database.ts';
import {
  addPart,
  addSnapshot,
  findSnapshot,
  finishSnapshot,
  partOf,
  type Snapshot,
} from '../store/snapshots.ts';
import type { Run } from '../store/writes.ts';

/** A file to be made: its bytes, and when they are all there, how many rows of data were counted. */
export interface Making {
  bytes: AsyncIterable<Uint8Array>;
  rows(): number;
}

/** Bytes of one piece. */
const partSize = 1 << 20;

/**
 * Keeps a file while it is made, in one transaction: it is there as a whole or not at all. Asked again by the same id (a job that is
 * repeated) it is not made anew.
 */
export async function takeSnapshot(
  database: Database,
  what: Omit<Snapshot, 'rows' | 'size' | 'sha256'>,
  make: () => Making,
): Promise<Snapshot> {
  const known = await findSnapshot(runOn(database.pool), what.id);
  if (known !== null) return known;
  return inTransaction(database.pool, async (run) => {
    await addSnapshot(run, { ...what, rows: 0, size: 0, sha256: '' });
    const { bytes, rows } = make();
    const hash = createHash('sha256');
    let [n, size] = [0, 0];
    for await (const part of inParts(bytes)) {
      hash.update(part);
      await addPart(run, what.id, n, part);
      n += 1;
      size += part.length;
    }
    const made: Snapshot = { ...what, rows: rows(), size, sha256: hash.digest('hex') };
    await finishSnapshot(run, made);
    return made;
  });
}

/** The bytes of a kept file, a piece at a time. @throws when they are not those that were handed out */
export async function* snapshotBytes(run: Run, { id, sha256 }: Snapshot): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for (let n = 0; ; n += 1) {
    const part = await partOf(run, id, n);
    if (part === null) break;
    hash.update(part);
    yield part;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`snapshot ${id} is not what was handed out`);
}

async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    held.push(piece);
    length += piece.length;
    if (length < partSize) continue;
    yield Buffer.concat(held);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held);
}

import type { Run } from '../writes.ts';

/** A stored file without its bytes. */
export interface EvidenceFile {
  id: string;
  name: string | null;
  mime: string;
  size: number;
  sha256: string;
  receivedAt: Date;
}

/** Those of the files that are stored, in the order given. */
export function evidenceFiles(run: Run, ids: readonly string[]): Promise<EvidenceFile[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return run<EvidenceFile>(
    `SELECT a.id::text, a.name, a.mime, a.size, a.sha256, a.received_at AS "receivedAt"
     FROM unnest($1::text[]) WITH ORDINALITY AS w(id, place) JOIN attachment a ON a.id = w.id::uuid
     WHERE a.status = 'stored' AND a.sha256 IS NOT NULL ORDER BY w.place`,
    [ids],
  );
}

/** The bytes under a hash; null when they are gone. */
export async function bytesOf(run: Run, sha256: string): Promise<Buffer | null> {
  const [row] = await run<{ bytes: Buffer }>('SELECT bytes FROM attachment_content WHERE sha256 = $1', [
    sha256,
  ]);
  return row?.bytes ?? null;
}

import type { Attachment, Value } from '../../flow/value.ts';
import type { Run } from '../../store/writes.ts';
import type { Photo, Problem, TaskMaterial } from './material.ts';

/** Photos that one report holds, and bytes of all of them: what a chat still carries (jobs/export-file.ts). */
const photosMax = 120;
const photoBytesMax = 15_000_000;

/**
 * What was sent as evidence, for a report or of a problem, while it fits. Other photos, such as an authorisation (MDJ-2.2), stay
 * where they are.
 */
export async function photosOf(
  run: Run,
  tasks: readonly TaskMaterial[],
  problems: readonly Problem[],
): Promise<Map<string, Photo>> {
  const ids = new Set<string>();
  for (const { part } of tasks)
    for (const value of Object.values(part?.values ?? {})) for (const { id } of filesIn(value)) ids.add(id);
  for (const id of problems.flatMap(({ photos, fixed }) => [...photos, ...fixed])) ids.add(id);
  const rows = await run<Photo & { bytes: Buffer }>(
    `SELECT x.id, x.name, x.mime, c.bytes FROM (
       SELECT a.id::text, a.name, a.mime, a.sha256, w.place,
         row_number() OVER (ORDER BY w.place) AS nth, sum(a.size) OVER (ORDER BY w.place) AS size
       FROM unnest($1::text[]) WITH ORDINALITY AS w(id, place) JOIN attachment a ON a.id = w.id::uuid
       WHERE a.status = 'stored'
     ) x JOIN attachment_content c ON c.sha256 = x.sha256 WHERE x.nth <= $2 AND x.size <= $3 ORDER BY x.place`,
    [[...ids], photosMax, photoBytesMax],
  );
  return new Map(rows.map((row) => [row.id, { ...row, bytes: new Uint8Array(row.bytes) }]));
}

/** The files in an answer; none in one that is no photo. */
export function filesIn(value: Value | undefined): Attachment[] {
  return Array.isArray(value) ? value.flatMap((one) => (typeof one === 'object' ? [one] : [])) : [];
}

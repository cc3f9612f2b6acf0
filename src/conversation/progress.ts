import type { Mode } from '../campaign/activities/activity.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { Run } from '../store/writes.ts';
import { counted, counters, isExact, needed, nextWords } from './mode-words.ts';

interface Progress {
  mode: Mode;
  done: number;
  min: number;
  max: number;
}

/**
 * What to say when one more visit of an assignment is complete: how many count, how many are needed. With enough of them
 * the work is done; where the report has a later day of its own (MDJ-3.5), that is the day owed from then on. A deputy
 * hears of the matter alone: how far the head is with the rest is the head's.
 */
export async function progressLines(run: Run, assignmentId: string, sessionId: string): Promise<Line[]> {
  const { mode, done, min, max } = await progressWith(run, assignmentId, sessionId);
  if (done >= min)
    await run(
      `UPDATE assignment SET finish_on = due_on, due_on = report_on, report_on = NULL
       WHERE id = $1::uuid AND report_on IS NOT NULL`,
      [assignmentId],
    );
  const deputed = mode === 'walkthrough' ? await deputedLine(run, sessionId) : null;
  if (deputed !== null) return [deputed];
  const words = { ...counters(mode), ...nextWords(mode) };
  const params = { done: counted(mode, done), min, max, needed: needed(mode, min, max), ...words };
  if (done < min) return [{ key: 'conversation:visits.more', params: { ...params, left: min - done } }];
  if (isExact(mode, min, max)) return [{ key: 'conversation:visits.all', params }];
  return [{ key: done < max ? 'conversation:visits.enough' : 'conversation:visits.full', params }];
}

/** How far an assignment is once this record is complete. */
async function progressWith(run: Run, assignmentId: string, sessionId: string): Promise<Progress> {
  const [row] = await run<Progress>(
    `SELECT v.mode, x.done, x.needed AS min, x.most AS max FROM assignment a JOIN activity v ON v.id = a.activity_id
     CROSS JOIN LATERAL visits_of(a.id, $2::uuid) x WHERE a.id = $1::uuid`,
    [assignmentId, sessionId],
  );
  if (row === undefined) throw new Error(`no assignment ${assignmentId}`);
  return row;
}

/** What a deputy hears whose record of a matter is complete; null for the head's. */
async function deputedLine(run: Run, sessionId: string): Promise<Line | null> {
  const [row] = await run<{ name: Text; flagged: boolean; byDeputy: boolean }>(
    `SELECT m.name, cardinality(m.flags) > 0 AS flagged, w.by_deputy AS "byDeputy"
     FROM walk w JOIN matter m ON m.id = w.matter_id WHERE w.session_id = $1::uuid`,
    [sessionId],
  );
  if (row === undefined || !row.byDeputy) return null;
  const key = row.flagged ? 'modes:walk.deputed.not-counted' : 'modes:walk.deputed';
  return { key, params: { name: row.name } };
}

import type { Mode } from '../campaign/activities/activity.ts';
import type { Line } from '../flow/say.ts';
import type { Run } from '../store/writes.ts';
import { counted, counters, nextWords } from './mode-words.ts';

interface Progress {
  mode: Mode;
  done: number;
  min: number;
  max: number;
}

/**
 * What to say when one more visit of an assignment is complete: how many are done, how many are needed. With enough of them
 * the work is done; where the report has a later day of its own (MDJ-3.5), that is the day owed from then on.
 */
export async function progressLines(run: Run, assignmentId: string): Promise<Line[]> {
  const { mode, min, max, ...before } = await visitsOf(run, assignmentId);
  const done = before.done + 1;
  if (done >= min)
    await run(
      `UPDATE assignment SET finish_on = due_on, due_on = report_on, report_on = NULL
       WHERE id = $1::uuid AND report_on IS NOT NULL`,
      [assignmentId],
    );
  const params = { done: counted(mode, done), min, max, ...counters(mode), ...nextWords(mode) };
  if (done < min) return [{ key: 'conversation:visits.more', params: { ...params, left: min - done } }];
  return [{ key: done < max ? 'conversation:visits.enough' : 'conversation:visits.full', params }];
}

/** Completed visits of an assignment, and how many the notice asks for. */
export async function visitsOf(run: Run, assignmentId: string): Promise<Progress> {
  const [row] = await run<Progress>(
    `SELECT v.mode, v.visits_min AS min, v.visits_max AS max,
       (SELECT count(*)::int FROM session s
        WHERE s.assignment_id = a.id AND s.status = 'completed' AND s.part = 'visit') AS done
     FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = $1::uuid`,
    [assignmentId],
  );
  if (row === undefined) throw new Error(`no assignment ${assignmentId}`);
  return row;
}

import type { Line } from '../flow/say.ts';
import type { Run } from '../store/writes.ts';

interface Progress {
  done: number;
  min: number;
  max: number;
}

/** What to say when one more checklist of an assignment is complete: how many windows are done, how many are needed. */
export async function progressLines(run: Run, assignmentId: string): Promise<Line[]> {
  const { done, min, max } = await visitsOf(run, assignmentId);
  const params = { done: done + 1, min, max };
  if (params.done < min)
    return [{ key: 'conversation:visits.more', params: { ...params, left: min - params.done } }];
  return [{ key: params.done < max ? 'conversation:visits.enough' : 'conversation:visits.full', params }];
}

/** Completed checklists of an assignment, and how many the notice asks for. */
export async function visitsOf(run: Run, assignmentId: string): Promise<Progress> {
  const [row] = await run<Progress>(
    `SELECT v.visits_min AS min, v.visits_max AS max,
       (SELECT count(*)::int FROM session s WHERE s.assignment_id = a.id AND s.status = 'completed') AS done
     FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = $1::uuid`,
    [assignmentId],
  );
  if (row === undefined) throw new Error(`there is no assignment ${assignmentId}`);
  return row;
}

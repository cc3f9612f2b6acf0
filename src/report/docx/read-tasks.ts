import type { Mode } from '../../campaign/activities/activity.ts';
import { checkDelegable, isWalked, type MatterFlag } from '../../campaign/activities/walkthrough.ts';
import { dateOf } from '../../campaign/instant.ts';
import { Flow } from '../../flow/definition.ts';
import type { Text } from '../../flow/text.ts';
import { Values } from '../../flow/value.ts';
import type { Run } from '../../store/writes.ts';
import type { TaskMaterial } from './material.ts';
import type { ReportScope } from './read-material.ts';

/** A task with the ids of its units. */
export interface ReadTask extends TaskMaterial {
  assigneeId: string;
}

interface TaskRow {
  id: string;
  number: number;
  assigneeId: string;
  targetId: string;
  assignee: Text;
  target: Text;
  reportedAt: Date | null;
  openReason: string | null;
}

/** What ran on a version of a questionnaire. */
interface OnFlow {
  flowId: string;
  flowVersion: number;
}

interface SessionRow extends OnFlow {
  task: string;
  part: string;
  values: unknown;
  startedAt: Date;
  claimed: string | null;
  place: string | null;
  walked: Text | null;
  byDeputy: boolean | null;
  flags: string[] | null;
}

/** The tasks of a report with all that was answered, in the order of the units inspected: of a secret visit its number is by chance. */
export async function tasksOf(
  run: Run,
  { activityId, task }: ReportScope,
  mode: Mode,
  zone: string,
): Promise<ReadTask[]> {
  const rows = await run<TaskRow>(
    `SELECT a.id::text, a.number, a.assignee_unit_id::text AS "assigneeId", a.target_unit_id::text AS "targetId",
       i.name AS assignee, t.name AS target, a.reported_at AS "reportedAt", a.open_reason AS "openReason"
     FROM assignment a JOIN unit i ON i.id = a.assignee_unit_id JOIN unit t ON t.id = a.target_unit_id
     WHERE a.activity_id = $1::uuid AND ($2::int IS NULL OR a.number = $2) ORDER BY t.code, i.code`,
    [activityId, task],
  );
  const sessions = await completed(
    run,
    rows.map(({ id }) => id),
  );
  const flows = await flowsOf(run, [...sessions.values()].flat());
  const left = mode === 'walkthrough' ? await leftMatters(run, activityId) : new Map();
  return rows.map(({ reportedAt, targetId, ...row }) => {
    const own = sessions.get(row.id) ?? [];
    const filled = own.map((session) => ({ session, ...filledIn(session, flows) }));
    const part = filled.filter(({ session }) => session.part === 'report').at(-1);
    return {
      ...row,
      reportedOn: reportedAt === null ? null : dateOf(reportedAt.toISOString(), zone),
      visits: filled.flatMap(({ session, flow, values }) =>
        session.part === 'visit' ? [{ flow, values, ...named(session, zone) }] : [],
      ),
      part: part === undefined ? null : { flow: part.flow, values: part.values },
      left: left.get(targetId) ?? [],
    };
  });
}

async function completed(run: Run, tasks: string[]): Promise<Map<string, SessionRow[]>> {
  const rows = await run<SessionRow>(
    `SELECT s.assignment_id::text AS task, s.part, s.flow_id AS "flowId", s.flow_version AS "flowVersion",
       s.state -> 'values' AS values, s.started_at AS "startedAt", c.matter AS claimed, c.place,
       m.name AS walked, w.by_deputy AS "byDeputy", m.flags
     FROM session s LEFT JOIN claim c ON c.session_id = s.id
     LEFT JOIN walk w ON w.session_id = s.id LEFT JOIN matter m ON m.id = w.matter_id
     WHERE s.assignment_id = ANY ($1::text[]::uuid[]) AND s.status = 'completed' ORDER BY s.started_at, s.id`,
    [tasks],
  );
  const groups = new Map<string, SessionRow[]>();
  for (const row of rows) {
    const own = groups.get(row.task);
    if (own === undefined) groups.set(row.task, [row]);
    else own.push(row);
  }
  return groups;
}

function named({ claimed, place, walked, byDeputy, flags, startedAt }: SessionRow, zone: string) {
  return {
    name: claimed ?? walked,
    place,
    day: dateOf(startedAt.toISOString(), zone),
    byDeputy: byDeputy === true,
    // As visits_of in the migration of the modes counts.
    counts: !(byDeputy === true && (flags ?? []).length > 0),
  };
}

/** The versions on which the sessions ran, each read once. */
export async function flowsOf(run: Run, sessions: readonly OnFlow[]): Promise<Map<string, Flow>> {
  const wanted = new Set(sessions.map(nameOf));
  const rows = await run<{ id: string; version: number; definition: unknown }>(
    `SELECT f.id, f.version, f.definition FROM flow f
     JOIN unnest($1::text[]) AS w(name) ON w.name = f.id || chr(10) || f.version`,
    [[...wanted]],
  );
  return new Map(rows.map(({ id, version, definition }) => [`${id}\n${version}`, Flow.parse(definition)]));
}

/** What a run's questionnaire goes by in {@link flowsOf}. */
export const nameOf = ({ flowId, flowVersion }: OnFlow) => `${flowId}\n${flowVersion}`;

function filledIn(session: SessionRow, flows: ReadonlyMap<string, Flow>): { flow: Flow; values: Values } {
  const flow = flows.get(nameOf(session));
  if (flow === undefined) throw new Error(`no flow ${session.flowId} version ${session.flowVersion}`);
  return { flow, values: Values.parse(session.values) };
}

interface MatterRow {
  unit: string;
  name: Text;
  flags: MatterFlag[];
  byHead: number;
  byDeputy: number;
}

/** What units have listed and nobody has walked through so that it counts, by the unit's id (MDJ-1.1). */
async function leftMatters(run: Run, activityId: string): Promise<Map<string, TaskMaterial['left']>> {
  const rows = await run<MatterRow>(
    `SELECT m.unit_id::text AS unit, m.name, m.flags,
       count(s.id) FILTER (WHERE NOT w.by_deputy)::int AS "byHead", count(s.id) FILTER (WHERE w.by_deputy)::int AS "byDeputy"
     FROM matter m LEFT JOIN walk w ON w.matter_id = m.id
     LEFT JOIN session s ON s.id = w.session_id AND s.status = 'completed'
     WHERE m.activity_id = $1::uuid AND m.removed_at IS NULL GROUP BY m.id ORDER BY m.unit_id, m.number`,
    [activityId],
  );
  const left = new Map<string, TaskMaterial['left']>();
  for (const row of rows)
    if (!isWalked(row)) {
      const own = left.get(row.unit) ?? [];
      own.push({ name: row.name, inPerson: checkDelegable(row) !== null });
      left.set(row.unit, own);
    }
  return left;
}

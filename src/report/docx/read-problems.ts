import { Rectification } from '../../campaign/rectification/record.ts';
import { type Fact, factsOf } from '../../conversation/found-facts.ts';
import type { Flow } from '../../flow/definition.ts';
import type { Text } from '../../flow/text.ts';
import { type FoundIn, readFoundIn } from '../../store/ledger.ts';
import type { Run } from '../../store/writes.ts';
import type { Order, Problem } from './material.ts';
import { flowsOf, nameOf } from './read-tasks.ts';

interface Row extends Omit<Problem, 'isClosed' | 'order' | 'facts'> {
  status: string;
  answers: unknown;
  record: unknown;
}

/**
 * What was found at these tasks, in the order of the ledger, also what is put right by now or goes on under another number.
 * What was taken back was not found, and of what was split its parts speak.
 */
export async function problemsOf(run: Run, tasks: string[]): Promise<Problem[]> {
  const rows = await run<Row>(
    `SELECT f.number, f.assignment_id::text AS "taskId", coalesce(u.name, t.name) AS unit, f.problem, f.severity, f.status,
       m.number AS "mergedInto", f.attachments::text[] AS photos, r.record,
       CASE WHEN o.question IS NOT NULL THEN jsonb_build_object('flowId', s.flow_id, 'flowVersion', s.flow_version,
         'question', o.question, 'values', s.state -> 'values') END AS answers,
       (SELECT CASE jsonb_typeof(w.told) WHEN 'string' THEN w.told #>> '{}' ELSE w.told ->> 'label' END
         FROM (SELECT s.state -> 'values' -> q.question AS told) w) AS place,
       CASE WHEN jsonb_typeof(p.state -> 'values' -> 'proof') = 'array' THEN ARRAY(
         SELECT e.file ->> 'id' FROM jsonb_array_elements(p.state -> 'values' -> 'proof') WITH ORDINALITY e (file, nth)
         ORDER BY e.nth) ELSE '{}' END AS fixed
     FROM finding f JOIN assignment a ON a.id = f.assignment_id JOIN unit t ON t.id = a.target_unit_id
     LEFT JOIN unit u ON u.id = f.unit_id LEFT JOIN finding m ON m.id = f.merged_into
     LEFT JOIN rectification r ON r.finding_id = f.id LEFT JOIN session p ON p.id = r.session_id
     LEFT JOIN finding o ON o.id = coalesce(f.origin, f.id) LEFT JOIN session s ON s.id = o.session_id
     LEFT JOIN place_question q ON q.flow_id = s.flow_id AND q.flow_version = s.flow_version
     WHERE f.assignment_id = ANY ($1::text[]::uuid[]) AND f.status IN ('open', 'closed', 'merged') AND f.withdrawn_at IS NULL
     ORDER BY f.number`,
    [tasks],
  );
  const found = rows.map(({ answers }) => readFoundIn(answers));
  const flows = await flowsOf(
    run,
    found.filter((one) => one !== null),
  );
  return rows.map(({ status, record, answers: _, ...row }, index) => ({
    ...row,
    facts: factsIn(found[index] ?? null, flows),
    problem: row.problem as Text,
    isClosed: status === 'closed',
    order: record === null ? null : orderOf(record),
  }));
}

function factsIn(found: FoundIn | null, flows: ReadonlyMap<string, Flow>): Fact[] {
  if (found === null) return [];
  const flow = flows.get(nameOf(found));
  if (flow === undefined) throw new Error(`no flow ${found.flowId} version ${found.flowVersion}`);
  return factsOf(flow, found.question, found.values);
}

function orderOf(record: unknown): Order {
  const { state, task, requirement, measure, owner } = Rectification.parse(record);
  return { state, task, requirement, measure, owner };
}

import { addDays } from '../../src/campaign/day.ts';
import type { Run } from '../../src/store/writes.ts';

// What fills a published sample until it is a large campaign; called in this order, as far as a bench needs it.

const numbered = `SELECT id, row_number() OVER (ORDER BY length(code), code) - 1 AS n FROM unit WHERE code LIKE 'bench-%'`;

/** Units by the codes bench-1, bench-2, … and the names 单位1, 单位2, … */
export async function addUnits(run: Run, units: number): Promise<void> {
  await run(
    `INSERT INTO unit (campaign_id, code, name, kind)
     SELECT id, 'bench-' || n, to_jsonb('单位' || n), 'area' FROM campaign, generate_series(1, ${units}) n`,
    [],
  );
}

/** The same number of tasks for each unit, due in the thirty days around `today`, two thirds of them not reported. */
export async function addTasks(run: Run, { tasks, units, today }: Record<'tasks' | 'units', number> & Today) {
  await run(
    `WITH u AS (${numbered})
     INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, acknowledged_at, reported_at)
     SELECT v.id, a.id, t.id, (date '${addDays(today, -20)}' + (a.n % 30)::int)::text, now(), CASE WHEN k % 3 = 0 THEN now() END
     FROM (SELECT id FROM activity LIMIT 1) v CROSS JOIN generate_series(0, ${tasks / units - 1}) AS g(k) CROSS JOIN u a
     JOIN u t ON t.n = (a.n + k + 1) % ${units}`,
    [],
  );
}

/** A completed checklist for each of these tasks, with so many answers; those questions that count carry figures. */
export async function addAnswers(run: Run, answersEach: number): Promise<void> {
  await run(
    `INSERT INTO session (campaign_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at, ended_at)
     SELECT v.campaign_id, a.id, v.flow_id, v.flow_version, 'live', '{}', now(), now(), now()
     FROM assignment a JOIN activity v ON v.id = a.activity_id JOIN unit u ON u.id = a.assignee_unit_id
     WHERE u.code LIKE 'bench-%'`,
    [],
  );
  const counted = `SELECT q ->> 'id' AS id, row_number() OVER () AS n FROM activity v
    JOIN flow f ON f.id = v.flow_id AND f.version = v.flow_version, jsonb_array_elements(f.definition -> 'questions') q
    WHERE q ? 'counts'`;
  await run(
    `INSERT INTO answer (session_id, question, value, answered_at)
     SELECT s.id, coalesce(c.id, 'q' || g.n), CASE WHEN c.id IS NULL THEN to_jsonb(g.n % 2 = 0)
       ELSE jsonb_build_object('done', 17, 'of', 20) END, now()
     FROM session s CROSS JOIN generate_series(1, ${answersEach}) AS g(n) LEFT JOIN (${counted}) c ON c.n = g.n`,
    [],
  );
  await run(`UPDATE session SET status = 'completed'`, []);
}

/**
 * Problems in every stage, due in the sixty days around `today`; a tenth of them closed.
 * @param unitOf which unit has the problem `i`, counted from 0, in SQL
 */
export async function addFindings(
  run: Run,
  { findings, today, unitOf }: { findings: number; unitOf: string } & Today,
): Promise<void> {
  await run(
    `WITH u AS (${numbered}), a AS (SELECT id, row_number() OVER () - 1 AS n FROM assignment)
     INSERT INTO finding (campaign_id, assignment_id, unit_id, problem, status, stage, due_on, opened_at, category)
     SELECT c.id, a.id, u.id, to_jsonb('窗口在工作时间无人值守，群众等候较久，第' || i || '次发现'),
       CASE WHEN i % 10 = 9 THEN 'closed' ELSE 'open' END,
       (ARRAY['ordered', 'accepted', 'working', 'replied', NULL, 'returned'])[i % 6 + 1],
       CASE WHEN i % 6 NOT IN (3, 4) THEN ((date '${addDays(today, -20)}' + i % 61)::date)::text END, now(),
       (ARRAY['门难进', '脸难看', '事难办', NULL])[i % 4 + 1]
     FROM campaign c, generate_series(0, ${findings - 1}) g(i) JOIN u ON u.n = ${unitOf} JOIN a ON a.n = i % (SELECT count(*) FROM assignment)`,
    [],
  );
}

interface Today {
  /** YYYY-MM-DD */
  today: string;
}

import { expect, test } from 'vitest';
import { countedIn } from '../../src/store/counted.ts';
import { foldCounts, openFindings, taskCounts } from '../../src/store/counts.ts';
import { runOn } from '../../src/store/database.ts';
import { visit } from '../commands/visit.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { found } from '../ledger/people.ts';

const { coordinator, inspector, other } = cast;

/** What the counts say, beside what is there when it is counted. */
async function both(talk: Talk) {
  const run = runOn(talk.database.pool);
  const tasks = await talk.query(
    `SELECT activity_id::text AS "activityId", due_on AS "dueOn", report_on AS "reportOn", finish_on AS "finishOn",
       acknowledged_at IS NOT NULL AS acknowledged, reported_at IS NOT NULL AS reported, count(*)::int AS n
     FROM assignment GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  const findings = await talk.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM finding WHERE status = 'open'`,
  );
  const asked = (await talk.query<{ flow: string; question: string }>(
    `SELECT DISTINCT f.id AS flow, q ->> 'id' AS question FROM flow f, jsonb_array_elements(f.definition -> 'questions') q
     WHERE q ? 'counts' ORDER BY 1, 2`,
  )) as { flow: string; question: string }[];
  const answers = await talk.query<{ done: number; of: number; n: number; bare: number }>(
    `SELECT s.flow_id AS flow, a.question, coalesce(sum((a.value ->> 'done')::float8) FILTER (WHERE jsonb_typeof(a.value) = 'object'), 0) AS done,
       coalesce(sum((a.value ->> 'of')::float8) FILTER (WHERE jsonb_typeof(a.value) = 'object'), 0) AS "of",
       (count(*) FILTER (WHERE jsonb_typeof(a.value) = 'object'))::int AS n,
       (count(*) FILTER (WHERE jsonb_typeof(a.value) = 'number'))::int AS bare
     FROM session s JOIN answer a ON a.session_id = s.id AND a.replaced_at IS NULL
     WHERE s.status = 'completed' AND s.assignment_id IS NOT NULL
       AND (s.flow_id, a.question) IN (SELECT flow, question FROM jsonb_to_recordset($1::jsonb) AS q(flow text, question text))
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [JSON.stringify(asked)],
  );
  const kept = await talk.query(
    `SELECT c.flow_id AS flow, c.question, sum(c.done) AS done, sum(c.total) AS "of", sum(c.n)::int AS n, sum(c.bare)::int AS bare
     FROM answer_count c GROUP BY 1, 2 HAVING sum(c.n) + sum(c.bare) > 0 ORDER BY 1, 2`,
  );
  const inOrder = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
  return {
    kept: {
      tasks: inOrder(await taskCounts(run, talk.campaignId)),
      findings: await openFindings(run, talk.campaignId),
      answers: kept,
    },
    counted: { tasks: inOrder(tasks), findings: findings[0]?.n, answers },
    shown: await countedIn(run, talk.campaignId, asked),
  };
}

async function agree(talk: Talk): Promise<Awaited<ReturnType<typeof both>>> {
  const found = await both(talk);
  expect(found.kept).toEqual(found.counted);
  return found;
}

test('the counts that are kept are those that are there, whatever happens', async () => {
  const talk = await stage();
  await agree(talk);
  await talk.says(inspector, '收到');
  for (let n = 0; n < 3; n += 1) await visit(talk, inspector, { accepted: '20件里17件' });
  expect((await agree(talk)).shown).toMatchObject([{ n: 3 }]);
  // Corrected after it was completed.
  await talk.says(inspector, '改 4 20件里18件');
  await talk.says(inspector, '改 4 95');
  await agree(talk);
  const number = await found(talk);
  await talk.says(inspector, `撤回问题 ${number}`);
  await found(talk, '指示牌缺失');
  await agree(talk);
  await talk.says(inspector, '确认上报');
  await talk.says(coordinator, '退回上报 1 缺数据');
  await talk.says(coordinator, '延期 2 7月20日');
  await talk.says(coordinator, '指派 2 给 桐乡市');
  await talk.says(other, '签到');
  const before = await agree(talk);
  await foldCounts(runOn(talk.database.pool));
  expect(await agree(talk)).toEqual(before);
  const rows = await talk.query<{ n: number }>('SELECT count(*)::int AS n FROM task_count');
  expect(rows[0]?.n).toBe(before.kept.tasks.length);
});

test('a reminder moves no count', async () => {
  const talk = await stage();
  const count = async () =>
    (await talk.query<{ n: number }>('SELECT count(*)::int AS n FROM task_count'))[0]?.n;
  const before = await count();
  await talk.query(`UPDATE assignment SET remind_at = now()`);
  expect(await count()).toBe(before);
  await talk.query(`DELETE FROM reminder`);
  await talk.query(`DELETE FROM assignment WHERE number = 8`);
  await agree(talk);
});

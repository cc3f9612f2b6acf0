import type { Language } from '../../src/flow/text.ts';
import { type Database, runOn } from '../../src/store/database.ts';

const tables = {
  inbox: ['收到的消息', 'messages in'],
  outbox: ['发出的消息', 'messages out'],
  session: ['填写过程', 'sessions'],
  answer: ['答案（含被更正的）', 'answers, corrected ones included'],
  rating: ['群众评价（不记名）', 'ratings, of nobody'],
  rating_case: ['差评办理', 'negative ratings looked into'],
  finding: ['问题', 'findings'],
  attachment: ['附件', 'attachments'],
  assignment: ['任务', 'assignments'],
  reminder: ['提醒', 'reminders'],
} as const;

/** What the story left in Postgres: rows a table, and the answers that stand. */
export async function printStored(database: Database, language: Language): Promise<void> {
  const run = runOn(database.pool);
  const zh = language === 'zh-CN';
  process.stdout.write(zh ? '\n—— 数据库中的记录 ——\n' : '\n—— What is stored ——\n');
  for (const [table, names] of Object.entries(tables)) {
    const [row] = await run<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`, []);
    process.stdout.write(
      `${String(row?.count ?? 0).padStart(5)}  ${table.padEnd(11)} ${names[zh ? 0 : 1]}\n`,
    );
  }
  const answers = await run<{ flow: string; question: string; value: string; stands: boolean }>(
    `SELECT s.flow_id AS flow, a.question, a.value::text AS value, a.replaced_at IS NULL AS stands
     FROM answer a JOIN session s ON s.id = a.session_id ORDER BY a.id LIMIT 30`,
    [],
  );
  for (const { flow, question, value, stands } of answers)
    process.stdout.write(`  ${stands ? '=' : '×'} ${flow} ${question}: ${value.slice(0, 80)}\n`);
  const ratings = await run<{ day: string; source: string; answers: string }>(
    'SELECT day::text, source, answers::text AS answers FROM rating ORDER BY day, id LIMIT 10',
    [],
  );
  for (const { day, source, answers: given } of ratings)
    process.stdout.write(`  = ${day} ${source}: ${given.slice(0, 160)}\n`);
}

import { type FilledIn, measuresOf } from '../campaign/activities/selfcheck.ts';
import { measureLines } from '../conversation/selfcheck-orphans.ts';
import type { Line } from '../flow/say.ts';
import { SessionState } from '../flow/session.ts';
import type { Text } from '../flow/text.ts';
import { type SelfcheckForm, selfcheckForms } from '../store/ledger-selfchecks.ts';
import type { CommandContext } from './command.ts';

/** Forms that are looked at: thousands of units check themselves in no campaign we know. */
const formsMax = 5000;

/** What self-checks say of the ledger. */
export interface CheckedReports {
  /** Problems that a report has a measure for: task and question, see {@link problemKey}. */
  measured: Set<string>;
  /** What is wrong with the reports' measures, under each unit's name; as the report itself tells it. */
  lines: Line[];
}

/** A problem by the task and the question that found it. */
export function problemKey(assignmentId: string | null, question: string | null): string {
  return `${assignmentId} ${question}`;
}

/** The measures of self-checks that were handed in (DA-2, DA-3): they answer to the problems that the same self-check found. */
export async function checkReports(context: CommandContext, campaignId: string): Promise<CheckedReports> {
  const tasks = new Map<string, Filled>();
  for (const form of await selfcheckForms(context.run, campaignId, formsMax)) {
    const task = tasks.get(form.assignmentId) ?? { unit: form.unit, checks: [], report: null };
    const filled = await filledIn(context, form);
    if (form.part === 'report') task.report = filled;
    else task.checks.push(filled);
    tasks.set(form.assignmentId, task);
  }
  const measured = new Set<string>();
  const lines: Line[] = [];
  for (const [id, { unit, checks, report }] of tasks) {
    for (const { problems } of measuresOf(report, checks))
      for (const question of problems) measured.add(problemKey(id, question));
    const wrong = measureLines(checks, report);
    if (wrong.length > 0) lines.push({ key: 'ledger:check.selfcheck', params: { unit } }, ...wrong);
  }
  return { measured, lines };
}

interface Filled {
  unit: Text;
  checks: FilledIn[];
  report: FilledIn | null;
}

async function filledIn({ library }: CommandContext, form: SelfcheckForm): Promise<FilledIn> {
  const flow = await library.flow(form.flowId, form.flowVersion);
  return { flow, values: SessionState.parse(form.state).values };
}

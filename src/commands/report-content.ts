import { createHash } from 'node:crypto';
import { dateOf } from '../campaign/instant.ts';
import { selfcheckLines } from '../conversation/selfcheck-orphans.ts';
import type { Line, Param } from '../flow/say.ts';
import { SessionState } from '../flow/session.ts';
import type { Text } from '../flow/text.ts';
import { walkedMatters } from '../store/matters.ts';
import type { CommandContext } from './command.ts';
import { openMatters, openReportLines } from './open-matters.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { summaryLines, type Visit } from './report-summary.ts';

/** Photos that go with a report. */
const photosMax = 9;

/** A report as it would go out now. */
export interface Report {
  lines: Line[];
  /** Ids of the photos that were sent for it. */
  attachments: string[];
  /** Of two reports that say the same, and were not given back in between, the same. */
  stamp: string;
}

/** Puts a report together from what was answered at the visits, found, and given for the report alone. */
export async function assembleReport(context: CommandContext, task: OwnAssignment): Promise<Report> {
  const { transaction } = context;
  const sessions = await completedSessions(context, task);
  const findings = await transaction.finding.findMany({
    // What was found, also where it is put right by now or goes on under another number; its parts stand for what was
    // split. What was taken back was not found.
    where: { assignmentId: task.id, status: { in: ['open', 'closed', 'merged'] }, withdrawnAt: null },
    select: { number: true, problem: true, status: true, mergedInto: { select: { number: true } } },
    orderBy: { number: 'asc' },
  });
  const parts = sessions.filter(({ part }) => part === 'report').slice(-1);
  const all = sessions.filter(({ part }) => part === 'visit');
  const visits = all.filter(({ counts }) => counts);
  const lines = summaryLines({
    mode: task.mode,
    visits,
    findings: findings.map(({ number, problem, status, mergedInto }) => ({
      number,
      problem: problem as Text,
      isClosed: status === 'closed',
      mergedInto: mergedInto?.number ?? null,
    })),
    parts,
    besides: [
      ...uncountedLines(all),
      ...openReportLines(await openMatters(context.run, task), task.openReason),
    ],
  });
  if (task.mode === 'selfcheck') lines.push(...selfcheckLines(visits, parts[0] ?? null));
  const attachments = parts.flatMap(photosOf).slice(0, photosMax);
  const said = JSON.stringify([lines, attachments, task.returnedAt]);
  return { lines, attachments, stamp: createHash('sha256').update(said).digest('hex').slice(0, 12) };
}

/** A completed form of a task. */
interface Record extends Visit {
  part: string;
  /** Whether it is one of the visits that the notice asks for. */
  counts: boolean;
}

/** Records by deputies of what the head must do in person (MDJ-1.2): kept, and told apart. */
function uncountedLines(records: Record[]): Line[] {
  const names = records.flatMap(({ counts, name }) => (counts || name === undefined ? [] : [name]));
  return names.length === 0
    ? []
    : [{ key: 'modes:report.not-counted', params: { count: names.length, names: { list: names } } }];
}

async function completedSessions(
  { transaction, library, run }: CommandContext,
  task: OwnAssignment,
): Promise<Record[]> {
  const rows = await transaction.session.findMany({
    where: { assignmentId: task.id, status: 'completed' },
    select: { id: true, part: true, flowId: true, flowVersion: true, state: true, startedAt: true },
    orderBy: { startedAt: 'asc' },
  });
  const claims = await transaction.claim.findMany({ where: { assignmentId: task.id } });
  const walks = await walkedMatters(run, task.id);
  const { zone } = await library.campaign(task.campaignId);
  const sessions: Record[] = [];
  for (const { id, part, flowId, flowVersion, state, startedAt } of rows) {
    const flow = await library.flow(flowId, flowVersion);
    const { values } = SessionState.parse(state);
    const claim = claims.find(({ sessionId }) => sessionId === id);
    const day: Param = { date: dateOf(startedAt.toISOString(), zone) };
    const claimed: Param | undefined = claim && {
      key: 'modes:claimed',
      params: { matter: claim.matter, place: claim.place },
    };
    const walk = walks.get(id);
    const name = task.mode === 'experience' ? day : (claimed ?? walk?.name);
    sessions.push({
      part,
      counts: walk?.counts ?? true,
      flow,
      values,
      ...(name === undefined ? {} : { name }),
    });
  }
  return sessions;
}

function photosOf({ flow, values }: Visit): string[] {
  return flow.questions.flatMap(({ id, type }) => {
    const value = values[id];
    return type === 'photo' && Array.isArray(value)
      ? value.flatMap((one) => (typeof one === 'object' ? [one.id] : []))
      : [];
  });
}

import type { Text } from '../flow/text.ts';
import type { CommandContext } from './command.ts';

/** A task as its assignee sees it. */
export interface OwnAssignment {
  id: string;
  number: number;
  dueOn: string;
  acknowledgedAt: Date | null;
  reportedAt: Date | null;
  visitsDone: number;
  visitsMin: number;
  visitsMax: number;
  targetId: string;
  targetName: Text;
  assigneeName: Text;
  campaignId: string;
  flowId: string;
  flowVersion: number;
}

/** The published tasks of the units that this person inspects for, by due date. */
export async function ownAssignments(context: CommandContext): Promise<OwnAssignment[]> {
  const units = context.roles.flatMap(({ role, unitId }) => (role === 'inspector' && unitId !== null ? [unitId] : []));
  if (units.length === 0) return [];
  const rows = await context.transaction.assignment.findMany({
    where: { assigneeUnitId: { in: units }, activity: { campaign: { status: 'published' } } },
    include: {
      activity: true,
      target: { select: { id: true, name: true } },
      assignee: { select: { name: true } },
      _count: { select: { sessions: { where: { status: 'completed' } } } },
    },
    orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
  });
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    dueOn: row.dueOn,
    acknowledgedAt: row.acknowledgedAt,
    reportedAt: row.reportedAt,
    visitsDone: row._count.sessions,
    visitsMin: row.activity.visitsMin,
    visitsMax: row.activity.visitsMax,
    targetId: row.target.id,
    targetName: row.target.name as Text,
    assigneeName: row.assignee.name as Text,
    campaignId: row.activity.campaignId,
    flowId: row.activity.flowId,
    flowVersion: row.activity.flowVersion,
  }));
}

/**
 * The one task that a command is about: the one whose number was given, or the only one that `fits`. Answers the person
 * and returns null when there is none, or when it must be asked which.
 */
export async function chooseAssignment(
  context: CommandContext,
  command: string,
  rest: string,
  fits: (assignment: OwnAssignment) => boolean,
): Promise<OwnAssignment | null> {
  const all = await ownAssignments(context);
  const asked = /\d+/.exec(rest)?.[0];
  const candidates = asked === undefined ? all.filter(fits) : all.filter(({ number }) => number === Number(asked));
  const [first, second] = candidates;
  if (first === undefined) {
    context.reply({ key: all.length === 0 ? 'commands:tasks.none' : 'commands:tasks.none.fitting' });
    return null;
  }
  if (second === undefined) return first;
  const options = candidates.map(({ number, targetName }) => ({ id: String(number), label: targetName }));
  context.ask({
    lines: [{ key: 'commands:tasks.which' }],
    ask: { target: `command:${command}`, question: 'task', options, many: false, numbered: false },
  });
  return null;
}

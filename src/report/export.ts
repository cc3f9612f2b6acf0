import { pooled } from '../flow/counts.ts';
import { Value } from '../flow/value.ts';
import type { Database } from '../store/database.ts';
import { ledgerOf } from './export-ledger.ts';
import { drawsOf, modesOf } from './export-modes.ts';

/**
 * All that a campaign has collected, as plain JSON: tasks, answers, problems with their ledger, what belongs to single
 * modes, draws. People appear as their units and roles, never as addresses;
 * citizens not at all; secret activities are left out until they are released.
 */
export async function exportOf(database: Database, code: string, at: string): Promise<object | null> {
  const { prisma } = database;
  const campaign = await prisma.campaign.findUnique({
    where: { code },
    include: { units: { select: { id: true, code: true, name: true } } },
  });
  if (campaign === null) return null;
  const units = new Map(campaign.units.map((unit) => [unit.id, unit.code]));
  const all = await prisma.activity.findMany({ where: { campaignId: campaign.id } });
  const activities = all.filter(({ hidden }) => !hidden);
  const hidden = all.flatMap((one) => (one.hidden ? [one.code] : []));
  const codes = new Map(activities.map((activity) => [activity.id, activity.code]));
  const assignments = await prisma.assignment.findMany({
    where: { activityId: { in: [...codes.keys()] } },
    include: { reminders: { orderBy: { id: 'asc' } } },
    orderBy: { number: 'asc' },
  });
  const ids = assignments.map(({ id }) => id);
  const sessions = await prisma.session.findMany({
    // A citizen's is none of ours while it lasts; afterwards it is a rating.
    where: { campaignId: campaign.id, assignmentId: { in: ids } },
    include: { answers: { orderBy: { id: 'asc' } } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });
  const ratings = await prisma.rating.findMany({
    where: { campaignId: campaign.id, OR: [{ interviewFor: null }, { interviewFor: { in: ids } }] },
    // Within a day by an id that says nothing: never as they lie on the disk.
    orderBy: [{ day: 'asc' }, { id: 'asc' }],
  });
  const findings = await prisma.finding.findMany({
    where: { campaignId: campaign.id, OR: [{ assignmentId: null }, { assignmentId: { in: ids } }] },
    orderBy: { number: 'asc' },
  });
  const numbers = new Map(assignments.map(({ id, number }) => [id, number]));
  const finished = new Set(sessions.flatMap(({ id, status }) => (status === 'completed' ? [id] : [])));
  const ledger = await ledgerOf(database, findings, units);
  return {
    exportedAt: at,
    campaign: { code, title: campaign.title, startOn: campaign.startOn, status: campaign.status },
    assignments: assignments.map((one) => ({
      number: one.number,
      activity: codes.get(one.activityId),
      inspector: units.get(one.assigneeUnitId),
      inspected: units.get(one.targetUnitId),
      dueOn: one.dueOn,
      reportOn: one.reportOn,
      finishOn: one.finishOn,
      days: one.days,
      acknowledgedAt: one.acknowledgedAt,
      reportedAt: one.reportedAt,
      returnedAt: one.returnedAt,
      reminders: one.reminders.map(({ step, decision, people, at: sentAt }) => ({
        step,
        decision,
        people,
        at: sentAt,
      })),
    })),
    sessions: sessions.map((session) => ({
      flow: session.flowId,
      version: session.flowVersion,
      assignment: session.assignmentId === null ? null : numbers.get(session.assignmentId),
      status: session.status,
      startedAt: session.startedAt,
      endedAt: session.endedAt,
      answers: session.answers.map(({ question, value, said, answeredAt, replacedAt }) => ({
        question,
        value,
        said,
        answeredAt,
        replacedAt,
      })),
    })),
    ratings: ratings.map((rating) => ({
      day: rating.day.toISOString().slice(0, 10),
      unit: rating.unitId === null ? null : units.get(rating.unitId),
      matter: rating.matter,
      source: rating.source,
      ...(rating.interviewFor === null ? {} : { interviewFor: numbers.get(rating.interviewFor) }),
      set: rating.setVersion,
      level: rating.level,
      answers: rating.answers,
      marks: rating.marks,
      struck: rating.struck,
    })),
    figures: figuresIn(sessions),
    findings: findings.map((finding) => ({
      number: finding.number,
      assignment: finding.assignmentId === null ? null : numbers.get(finding.assignmentId),
      unit: finding.unitId === null ? null : units.get(finding.unitId),
      question: finding.question,
      problem: finding.problem,
      value: finding.value,
      status: finding.status,
      openedAt: finding.openedAt,
      attachments: finding.attachments,
      source: finding.source,
      category: finding.category,
      severity: finding.severity,
      seenBy: finding.seenBy,
      ...ledger.get(finding.id),
    })),
    ...(await modesOf(database, { numbers, activities: codes, units, finished })),
    draws: await drawsOf(database, campaign.id, hidden),
  };
}

interface AnsweredSession {
  flowId: string;
  assignmentId: string | null;
  status: string;
  answers: { question: string; value: unknown; replacedAt: Date | null }[];
}

/**
 * Questions whose counts were given, over all finished checklists: sums of `done` and `of`, their share, `n` that gave counts,
 * and `percentOnly` that gave only a percentage and are in no sum.
 */
function figuresIn(sessions: readonly AnsweredSession[]) {
  const given = new Map<string, { flow: string; question: string; values: Value[] }>();
  for (const { flowId: flow, assignmentId, status, answers } of sessions) {
    if (assignmentId === null || status !== 'completed') continue;
    for (const { question, value, replacedAt } of answers) {
      if (replacedAt !== null) continue;
      const key = `${flow} ${question}`;
      const figure = given.get(key) ?? { flow, question, values: [] };
      given.set(key, figure);
      figure.values.push(Value.parse(value));
    }
  }
  return [...given.values()].flatMap(({ flow, question, values }) => {
    const found = pooled(values);
    return found === null ? [] : [{ flow, question, ...found.counts, n: found.n, percentOnly: found.bare }];
  });
}

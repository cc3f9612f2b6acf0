import type { Database } from '../store/database.ts';

/**
 * All that a campaign has collected, as plain JSON. People appear as their units and roles, never as addresses;
 * citizens not at all; secret activities are left out until they are released.
 */
export async function exportOf({ prisma }: Database, code: string, at: string): Promise<object | null> {
  const campaign = await prisma.campaign.findUnique({
    where: { code },
    include: { units: { select: { id: true, code: true, name: true } } },
  });
  if (campaign === null) return null;
  const units = new Map(campaign.units.map((unit) => [unit.id, unit.code]));
  const activities = await prisma.activity.findMany({ where: { campaignId: campaign.id, hidden: false } });
  const codes = new Map(activities.map((activity) => [activity.id, activity.code]));
  const assignments = await prisma.assignment.findMany({
    where: { activityId: { in: [...codes.keys()] } },
    include: { reminders: { orderBy: { id: 'asc' } } },
    orderBy: { number: 'asc' },
  });
  const ids = assignments.map(({ id }) => id);
  const sessions = await prisma.session.findMany({
    where: {
      campaignId: campaign.id,
      AND: [
        { OR: [{ assignmentId: null }, { assignmentId: { in: ids } }] },
        { OR: [{ interviewFor: null }, { interviewFor: { in: ids } }] },
      ],
    },
    include: { answers: { orderBy: { id: 'asc' } } },
    // Of those that are known by their day only, by an id that says nothing: never as they lie on the disk.
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });
  const findings = await prisma.finding.findMany({
    where: { campaignId: campaign.id, OR: [{ assignmentId: null }, { assignmentId: { in: ids } }] },
    orderBy: { number: 'asc' },
  });
  const numbers = new Map(assignments.map(({ id, number }) => [id, number]));
  return {
    exportedAt: at,
    campaign: { code, title: campaign.title, startOn: campaign.startOn, status: campaign.status },
    assignments: assignments.map((one) => ({
      number: one.number,
      activity: codes.get(one.activityId),
      inspector: units.get(one.assigneeUnitId),
      inspected: units.get(one.targetUnitId),
      dueOn: one.dueOn,
      acknowledgedAt: one.acknowledgedAt,
      reportedAt: one.reportedAt,
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
      ...(session.interviewFor === null
        ? {}
        : { source: session.source, interviewFor: numbers.get(session.interviewFor) }),
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
    })),
  };
}

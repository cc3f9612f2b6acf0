import { awakeRow } from '../conversation/awake-row.ts';
import { does, inAll } from '../conversation/mode-words.ts';
import { type ReportReceivers, reportReceivers } from '../conversation/report-receivers.ts';
import type { Line } from '../flow/say.ts';
import type { OutboxRow } from '../store/writes.ts';
import { assignmentEvent } from './assignment-event.ts';
import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';
import type { Report } from './report-content.ts';

/** Hands a report in that was shown and confirmed: the task is done, and whoever the file names gets it. */
export async function handIn(context: CommandContext, task: OwnAssignment, ready: Report): Promise<void> {
  const { transaction, turn, at, run, writes } = context;
  const { count } = await transaction.assignment.updateMany({
    where: { id: task.id, reportedAt: null },
    data: { reportedAt: new Date(at), reportedBy: turn.contact.id, remindAt: null },
  });
  // A colleague of the same unit may have been a moment faster.
  if (count === 0) return context.reply({ key: 'commands:report.already' });
  writes.audit.push(assignmentEvent(context, task, 'reported', { visits: task.visitsDone }));
  const receivers = await reportReceivers(run, task);
  context.reply(doneLine(task, receivers));
  writes.outbox.push(...(await rowsFor(context, task, receivers, ready)));
}

/** What became of it: it is said to have gone only where somebody got it. */
function doneLine({ mode, targetName, visitsDone }: OwnAssignment, receivers: ReportReceivers): Line {
  const { people, reached, missing } = receivers;
  const done = { does: does(mode, targetName), total: inAll(mode, visitsDone) };
  if (people.length === 0) return { key: 'commands:report.done.nobody', params: done };
  if (missing === null)
    return { key: 'commands:report.done', params: { ...done, receivers: receivers.named } };
  return reached === null
    ? { key: 'commands:report.done.instead', params: { ...done, missing, people: people.length } }
    : { key: 'commands:report.done.partly', params: { ...done, reached, missing } };
}

async function rowsFor(
  { library, at }: CommandContext,
  task: OwnAssignment,
  { people, instead }: ReportReceivers,
  { lines, attachments }: Report,
): Promise<OutboxRow[]> {
  const facts = await library.campaign(task.campaignId);
  const { number, mode, activityTitle: activity, assigneeName: assignee, targetName } = task;
  const title: Line = {
    key: 'commands:report.title',
    params: {
      number,
      activity,
      assignee,
      does: does(mode, targetName),
      at: { instant: at, zone: facts.zone },
    },
  };
  const words = { lines: [title, ...lines, ...instead] };
  const say = attachments.length === 0 ? words : { ...words, attachments };
  return people.map((person) => ({
    ...awakeRow(person, say, facts, at),
    // A report that was returned comes again, as another message.
    key: `report:${task.id}:${person.contactId}:${at}`,
    ...(task.secret === null ? {} : { secret: task.secret }),
  }));
}

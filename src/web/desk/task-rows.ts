import { mayKnowTask } from '../../campaign/visibility.ts';
import { hiddenActivities } from '../../store/activities.ts';
import type { TaskRow } from '../../store/desk/tasks.ts';
import { type Html, html, type Part } from '../html.ts';
import type { InCampaign } from './exchange.ts';
import { dayOf, momentOf, tableHtml, unitLink } from './pieces.ts';

/** The hidden activities (ids) whose tasks of these units a person may know of, because their unit carries them out or they coordinate. */
export async function seenTasks(exchange: InCampaign, by: readonly string[]): Promise<string[]> {
  const { doors, person, campaign } = exchange;
  const viewer = { roles: person.roles, overheard: false };
  const hidden = await hiddenActivities(doors.database.prisma, campaign.id);
  return hidden
    .filter((activity) => by.length > 0 && by.every((unit) => mayKnowTask(activity, unit, viewer)))
    .map(({ id }) => id);
}

/** Tasks as a table: who goes where, by when, and how it stands. */
export function taskTable(exchange: InCampaign, caption: string, tasks: readonly TaskRow[]): Html {
  const { view } = exchange;
  const heads = ['task.number', 'task.who', 'task.where', 'task.due', 'task.state'] as const;
  const rows = tasks.map((task): Part[] => [
    task.number,
    unitLink(exchange, task.assignee),
    unitLink(exchange, task.target),
    task.reportOn === null
      ? dayOf(exchange, task.dueOn)
      : view.say('task.two-days', { due: { date: task.dueOn }, report: { date: task.reportOn } }),
    stateOf(exchange, task),
  ]);
  return tableHtml(
    caption,
    heads.map((key) => view.say(key)),
    rows,
  );
}

function stateOf(exchange: InCampaign, { reportedAt, acknowledgedAt, dueOn }: TaskRow): Part {
  const { view, today } = exchange;
  if (reportedAt !== null) return view.say('task.reported', { at: momentOf(exchange, reportedAt) });
  if (dueOn < today) return html`<strong class="late">${view.say('task.late')}</strong>`;
  return view.say(acknowledgedAt === null ? 'task.unread' : 'task.open');
}

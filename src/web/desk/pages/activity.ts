import type { Mode } from '../../../campaign/activities/activity.ts';
import { activityProgress } from '../../../store/desk/progress.ts';
import { findActivity, taskStates, tasksPage } from '../../../store/desk/tasks.ts';
import { html, type Part } from '../../html.ts';
import { campaignPath, choiceOf, type InCampaign, pageOf, queryOf, type Shown } from '../exchange.ts';
import { barHtml, changing, dayOf, factsHtml, filterHtml, momentOf, pagesHtml } from '../pieces.ts';
import { taskTable } from '../task-rows.ts';

/** One activity with its tasks. Of a hidden one only its own coordinators have a page; for everybody else there is none. */
export async function activityPage(exchange: InCampaign): Promise<Shown | 'missing'> {
  const { view, run, campaign, hidden, today, request } = exchange;
  const found = await findActivity(run, campaign.id, String(request.params.activity), hidden.all);
  if (found === null) return 'missing';
  const path = `${campaignPath(campaign)}/activities/${found.code}`;
  const counted = await activityProgress(run, campaign.id, hidden.all, today);
  const count = counted.find(({ id }) => id === found.id);
  const filter = { state: choiceOf(exchange, 'state', taskStates), words: queryOf(exchange, 'q') };
  const { rows: tasks, ...paged } = await pageOf(exchange, (range) =>
    tasksPage(run, { activityId: found.id }, filter, { today, ...range }),
  );
  const fields = [
    { name: 'q', words: view.say('unit.name') },
    {
      name: 'state',
      words: view.say('task.state'),
      options: taskStates.map((value) => ({ value, words: view.say(`task.state.${value}`) })),
    },
  ];
  const facts: [string, Part][] = [
    [view.say('mode'), view.say(`mode.${found.mode as Mode}`)],
    [view.say('task.due'), dayOf(exchange, found.dueOn)],
    [view.say('coordinator'), found.coordinator === null ? '—' : view.author(found.coordinator)],
    [view.say('task.handed-in'), barHtml(exchange, count?.done ?? 0, count?.total ?? 0)],
    [view.say('task.read'), count?.read ?? 0],
    [view.say('tasks.late'), count?.late ?? 0],
  ];
  if (found.secret) {
    const released = view.say('released', { at: momentOf(exchange, found.releasedAt) });
    facts.push([view.say('secrecy'), found.hidden ? view.say('hidden') : released]);
  }
  return {
    title: view.author(found.title),
    nav: 'overview',
    above: [{ href: view.to(campaignPath(campaign)), words: view.say('overview') }],
    about: `activity:${found.id}`,
    secrets: found.hidden ? [found.id] : [],
    body: html`${changing('facts', factsHtml(facts))}
${filterHtml(exchange, path, fields)}
${changing(
  'tasks',
  html`${tasks.length === 0 ? html`<p>${view.say('tasks.none')}</p>` : taskTable(exchange, view.say('tasks'), tasks)}
${pagesHtml(exchange, path, paged)}`,
)}`,
  };
}

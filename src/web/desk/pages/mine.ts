import { unitsAs } from '../../../commands/own-assignments.ts';
import type { Param } from '../../../flow/say.ts';
import { partsOf } from '../../../roles.ts';
import { tasksPage } from '../../../store/desk/tasks.ts';
import { html, type Part } from '../../html.ts';
import { type DeskPerson, type InCampaign, rowsMax, type Shown } from '../exchange.ts';
import { openProblems } from '../open-problems.ts';
import { changing, firstOnlyHtml, partWord } from '../pieces.ts';
import { seenTasks, taskTable } from '../task-rows.ts';

/** 我的: the tasks of the units that a person goes out for, and the open problems that wait for them. */
export async function minePage(exchange: InCampaign): Promise<Shown> {
  const { view, run, person, campaign, today } = exchange;
  const by = unitsAs(person, 'inspector', 'leader');
  const secrets = await seenTasks(exchange, by);
  const tasks = await tasksPage(
    run,
    { by, secrets, campaignId: campaign.id },
    { state: null, words: '' },
    { today, limit: rowsMax, offset: 0 },
  );
  const problems = await openProblems(exchange, null, () => view.say('mine.problems'));
  const body: Part = html`<p>${view.say('mine.parts', {
    parts: {
      list: person.roles.flatMap((own) => partsPlayed(exchange, own)),
    },
  })}</p>
${changing(
  'mine',
  html`${tasks.length === 0 ? html`<p>${view.say('tasks.none')}</p>` : taskTable(exchange, view.say('mine.tasks'), tasks)}${firstOnlyHtml(exchange, tasks.length, tasks[0]?.all ?? 0)}
${problems.body}`,
)}`;
  const shown = [
    ...tasks.flatMap(({ activity }) => (activity.hidden ? activity.id : [])),
    ...problems.secrets,
  ];
  return { title: view.say('mine'), nav: 'mine', body, secrets: [...new Set(shown)] };
}

/** What somebody is in the campaign by one of their roles, with the unit they are it of; of the leading group without one. */
function partsPlayed({ person, campaign }: InCampaign, own: DeskPerson['roles'][number]): Param[] {
  const leads = own.campaignId !== null && person.leads.includes(own.campaignId);
  return partsOf({ ...own, leads }, campaign.id).map((name) =>
    own.unitName === null || name === 'leading-group'
      ? partWord(name)
      : { key: 'web:mine.part', params: { unit: own.unitName, role: partWord(name) } },
  );
}

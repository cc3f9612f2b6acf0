import { unitsAs } from '../../../commands/own-assignments.ts';
import type { Param } from '../../../flow/say.ts';
import { findingsPage } from '../../../store/desk/findings.ts';
import { tasksPage } from '../../../store/desk/tasks.ts';
import { html, type Part } from '../../html.ts';
import { findingSight } from '../admit.ts';
import type { InCampaign, Shown } from '../exchange.ts';
import { findingRows, findingTable } from '../finding-rows.ts';
import { roleWord, rowsMax } from '../pieces.ts';
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
  const problems = await findingsPage(
    run,
    await findingSight(exchange),
    {
      ...{ campaignId: campaign.id, status: 'open' as const, stage: null, severity: null, due: null },
      ...{ waiting: false, unitId: null, words: '' },
    },
    { limit: rowsMax, offset: 0 },
  );
  const parts = person.roles.filter(({ campaignId }) => campaignId === null || campaignId === campaign.id);
  const body: Part = html`<p>${view.say('mine.parts', {
    parts: {
      list: parts.map(
        ({ role, unitName }): Param =>
          unitName === null
            ? roleWord(role)
            : { key: 'web:mine.part', params: { unit: unitName, role: roleWord(role) } },
      ),
    },
  })}</p>
${tasks.length === 0 ? html`<p>${view.say('tasks.none')}</p>` : taskTable(exchange, view.say('mine.tasks'), tasks)}
${problems.length === 0 ? html`<p>${view.say('problems.none')}</p>` : findingTable(exchange, view.say('mine.problems'), findingRows(exchange, problems))}`;
  const shown = [
    ...tasks.flatMap(({ activity }) => (activity.hidden ? activity.id : [])),
    ...problems.flatMap(({ secret }) => secret ?? []),
  ];
  return { title: view.say('mine'), nav: 'mine', body, secrets: [...new Set(shown)] };
}

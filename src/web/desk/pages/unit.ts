import { shortFigures } from '../../../commands/results-short.ts';
import { type TaskRow, tasksPage } from '../../../store/desk/tasks.ts';
import { codesAt, type FoundUnit, findUnit, unitsUnder } from '../../../store/desk/units.ts';
import { findResults } from '../../../store/results.ts';
import { type Html, html } from '../../html.ts';
import { highestRated, may } from '../access.ts';
import { campaignPath, type InCampaign, rowsMax, type Shown } from '../exchange.ts';
import { openProblems, type Section } from '../open-problems.ts';
import { changing, factsHtml, firstOnlyHtml, tableHtml, unitHref, unitLink } from '../pieces.ts';
import { seenTasks, taskTable } from '../task-rows.ts';

/** Units under one that its page lists. */
const underMax = 100;

/** A unit or a window: where it stands, its tasks, who comes to it, its open problems, what citizens say of it. */
export async function unitPage(exchange: InCampaign): Promise<Shown | 'missing' | 'refused'> {
  const { view, run, campaign, person, request } = exchange;
  const unit = await findUnit(run, campaign.id, String(request.params.unit));
  if (unit === null) return exchange.whole ? 'missing' : 'refused';
  const line = [unit.id, ...unit.above.map(({ id }) => id)];
  if (!may(person, { name: 'unit', campaignId: campaign.id, unit: line })) return 'refused';
  const tasks = await tasksHtml(exchange, unit);
  const problems = await openProblems(exchange, unit, (n) => view.say('unit.problems', { n }));
  const rated = may(person, { name: 'satisfaction', campaignId: campaign.id, unit: line });
  const board = may(person, { name: 'board', campaignId: campaign.id });
  return {
    title: view.author(unit.name),
    nav: board ? 'board' : 'mine',
    above: [
      ...(board ? [{ href: view.to(`${campaignPath(campaign)}/units`), words: view.say('board') }] : []),
      ...unit.above
        .filter((_, index) =>
          may(person, { name: 'unit', campaignId: campaign.id, unit: line.slice(index + 1) }),
        )
        .reverse()
        .map((one) => ({ href: unitHref(exchange, one), words: view.author(one.name) })),
    ],
    about: `unit:${unit.code}`,
    secrets: [...new Set([...problems.secrets, ...tasks.secrets])],
    body: html`<p>${view.say(`kind.${unit.kind}`)}${unit.aliases.length > 0 && html` · ${view.say('unit.aliases', { names: { list: unit.aliases } })}`}</p>
${changing(
  'unit',
  html`${problems.body}${tasks.body}
${rated && (await ratedHtml(exchange, unit, line))}`,
)}
${await underHtml(exchange, unit)}`,
  };
}

/** Its own tasks, and for those who see the whole campaign who comes to inspect it. */
async function tasksHtml(exchange: InCampaign, { id }: FoundUnit): Promise<Section> {
  const { run, campaign, today, hidden, whole } = exchange;
  const range = { today, limit: rowsMax, offset: 0 };
  const any = { state: null, words: '' };
  const secrets = await seenTasks(exchange, [id]);
  const own = await tasksPage(run, { by: [id], secrets, campaignId: campaign.id }, any, range);
  const coming = whole ? await tasksPage(run, { at: id, secrets: hidden.all }, any, range) : [];
  return {
    body: html`${tableOf(exchange, 'unit.tasks', own)}
${tableOf(exchange, 'unit.inspected', coming)}`,
    secrets: [...own, ...coming].flatMap(({ activity }) => (activity.hidden ? activity.id : [])),
  };
}

function tableOf(
  exchange: InCampaign,
  caption: 'unit.tasks' | 'unit.inspected',
  tasks: readonly TaskRow[],
): Html | null {
  const [first] = tasks;
  if (first === undefined) return null;
  const title = exchange.view.say(caption, { n: first.all });
  return html`${taskTable(exchange, title, tasks)}${firstOnlyHtml(exchange, tasks.length, first.all)}`;
}

async function ratedHtml(exchange: InCampaign, { id }: FoundUnit, line: readonly string[]): Promise<Html> {
  const { view, run, campaign, person, today } = exchange;
  const { id: campaignId, zone } = campaign;
  const highest = highestRated(person, campaignId, line);
  const { versions } = await findResults(run, { campaignId, unitId: id, zone, highest });
  const [newest] = versions;
  const codes = await codesAt(run, id, today);
  return html`<section aria-labelledby="rated"><h2 id="rated">${view.say('satisfaction')}</h2>
${
  newest === undefined
    ? html`<p>${view.word({ key: 'results:no-set' })}</p>`
    : factsHtml([
        [view.say('rated.own'), view.word(shortFigures(newest.own.all))],
        [view.say('rated.interview'), view.word(shortFigures(newest.interview.all))],
      ])
}
${
  codes.length > 0 &&
  tableHtml(
    view.say('codes'),
    [view.say('codes.kind'), view.say('codes.open'), view.say('codes.closed')],
    codes.map(({ kind, open, closed }) => [view.say(`codes.${kind as 'unit'}`), open, closed]),
  )
}</section>`;
}

async function underHtml(exchange: InCampaign, { id, code }: FoundUnit): Promise<Html | null> {
  const { view, run, campaign, person } = exchange;
  const under = await unitsUnder(run, id, underMax);
  if (under.length === 0) return null;
  const board = may(person, { name: 'board', campaignId: campaign.id });
  const more = view.to(`${campaignPath(campaign)}/units`, { under: code });
  return html`<section aria-labelledby="under"><h2 id="under">${view.say('unit.under')}</h2>
<ul class="plain">${under.map((one) => html`<li>${unitLink(exchange, one)}</li>`)}</ul>
${board && html`<p><a href="${more}">${view.say('unit.board')}</a></p>`}</section>`;
}

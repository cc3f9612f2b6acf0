import { type BoardRow, findUnit, unitBoard, unitKinds } from '../../../store/desk/units.ts';
import { type Html, html } from '../../html.ts';
import { campaignPath, choiceOf, type InCampaign, pageOf, queryOf, type Shown } from '../exchange.ts';
import { picturesHtml } from '../pictures.ts';
import {
  changing,
  daysOf,
  dueLamp,
  filterHtml,
  lampField,
  lampHtml,
  pagesHtml,
  unitHref,
} from '../pieces.ts';

/** 单位: every unit with the lamp of its most urgent open problem, in the order of the campaign file: nobody is ranked. */
export async function boardPage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign, hidden, today } = exchange;
  const path = `${campaignPath(campaign)}/units`;
  const wanted = queryOf(exchange, 'lamp');
  const under = queryOf(exchange, 'under');
  const above = under === '' ? null : await findUnit(run, campaign.id, under);
  const sight = { campaignId: campaign.id, secrets: hidden.all, all: true };
  const filter = {
    kind: choiceOf(exchange, 'kind', unitKinds),
    words: queryOf(exchange, 'q'),
    under: above?.code ?? null,
    due: daysOf(exchange, wanted),
    calm: wanted === 'calm',
  };
  const { rows, ...paged } = await pageOf(exchange, (range) =>
    unitBoard(run, sight, filter, { today, ...range }),
  );
  const fields = [
    { name: 'q', words: view.say('unit.name') },
    {
      name: 'kind',
      words: view.say('unit.kind'),
      options: unitKinds.map((value) => ({ value, words: view.say(`kind.${value}`) })),
    },
    lampField(exchange, { value: 'calm', words: view.say('lamp.none') }),
  ];
  return {
    title: view.say('board'),
    nav: 'board',
    secrets: hidden.all,
    ...(above === null ? {} : { above: [{ href: view.to(path), words: view.say('board') }] }),
    body: html`${above !== null && html`<p>${view.say('board.under', { unit: above.name })}</p>`}
${filterHtml(exchange, path, fields)}
${changing(
  'board',
  html`${rows.length === 0 ? html`<p>${view.say('board.none')}</p>` : html`<ul class="board">${rows.map((row) => cellHtml(exchange, row))}</ul>`}
${pagesHtml(exchange, path, paged)}`,
)}`,
    below: picturesHtml(exchange, ['lamps']),
  };
}

function cellHtml(exchange: InCampaign, row: BoardRow): Html {
  const { view } = exchange;
  const lamp = row.urgent === null ? null : dueLamp(exchange, row.urgent);
  return html`<li class="cell ${lamp?.colour ?? 'none'}"><a href="${unitHref(exchange, row)}">${view.author(row.name)}</a>
${row.parent !== null && html`<span class="soft">${view.author(row.parent)}</span>`}
${row.open > 0 && html`<span>${lamp === null ? view.say('lamp.waiting') : lampHtml(exchange, lamp)}</span>`}
<span>${row.open > 0 ? view.say('board.problems', { count: row.open }) : view.say('board.calm')}</span>
${row.total > 0 && html`<span>${view.say(row.late > 0 ? 'board.tasks.late' : 'board.tasks', { done: row.done, total: row.total, late: row.late })}</span>`}</li>`;
}

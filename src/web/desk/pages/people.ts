import { type Part as PlayedPart, partsOf } from '../../../roles.ts';
import { type PersonRow, peoplePage as readPage, unitsWithoutPeople } from '../../../store/desk/people.ts';
import { type Html, html, type Part } from '../../html.ts';
import {
  campaignPath,
  choiceOf,
  type InCampaign,
  pageOf,
  queryOf,
  rowsMax,
  type Shown,
} from '../exchange.ts';
import { filterHtml, momentOf, pagesHtml, partWord, tableHtml, unitLink } from '../pieces.ts';

const filters = [
  'coordinator',
  'leading-group',
  'leader',
  'inspector',
  'liaison',
  'auditor',
  'operator',
] as const;

/** 人员: who has a part in the campaign, by title and unit; of addresses only the channel. */
export async function peoplePage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign, facts } = exchange;
  const leadingGroup = facts.ledger.leadingGroup ?? null;
  const path = `${campaignPath(campaign)}/people`;
  const filter = { part: choiceOf(exchange, 'role', filters), words: queryOf(exchange, 'q'), leadingGroup };
  const { rows: people, ...paged } = await pageOf(exchange, (range) =>
    readPage(run, campaign.id, filter, range),
  );
  const rows = people.map((one): Part[] => [
    one.title === null ? '—' : view.author(one.title),
    html`${view.word({ list: partsOfRow(one, leadingGroup).map(partWord) }) || '—'}${one.everywhere && html` <span class="tag">${view.say('people.everywhere')}</span>`}`,
    one.unit === null ? '—' : unitLink(exchange, one.unit),
    view.word({ list: one.channels.map((name) => view.say(`channel.${name as 'slack'}`)) }) || '—',
    momentOf(exchange, one.joinedAt),
  ]);
  const heads = ['people.title', 'people.role', 'unit', 'people.channels', 'people.joined'] as const;
  const fields = [
    { name: 'q', words: view.say('people.search') },
    {
      name: 'role',
      words: view.say('people.role'),
      options: filters.map((value) => ({ value, words: view.word(partWord(value)) })),
    },
  ];
  return {
    title: view.say('people'),
    nav: 'people',
    body: html`${await missingHtml(exchange)}${filterHtml(exchange, path, fields)}
${
  rows.length === 0
    ? html`<p>${view.say('people.none')}</p>`
    : tableHtml(
        view.say('people'),
        heads.map((key) => view.say(key)),
        rows,
      )
}
${pagesHtml(exchange, path, paged)}`,
  };
}

/** A leader without a unit is of the leading group, and the head of its unit both. */
function partsOfRow({ role, unit }: PersonRow, leadingGroup: string | null): PlayedPart[] {
  const leads = unit !== null && unit.code === leadingGroup;
  return partsOf({ role, campaignId: null, unitId: unit?.code ?? null, leads }, null);
}

/** Units whose tasks nobody would hear of. */
async function missingHtml(exchange: InCampaign): Promise<Html | null> {
  const { view, run, campaign } = exchange;
  const units = await unitsWithoutPeople(run, campaign.id, rowsMax);
  const [first] = units;
  if (first === undefined) return null;
  return html`<details><summary>${view.say('people.missing', { count: first.all })}</summary>
<ul class="plain">${units.map((unit) => html`<li>${unitLink(exchange, unit)}</li>`)}</ul><p class="soft">${view.say('people.missing.how')}</p></details>`;
}

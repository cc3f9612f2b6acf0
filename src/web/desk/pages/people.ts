import { peoplePage as readPage, unitsWithoutPeople } from '../../../store/desk/people.ts';
import { type Html, html, type Part } from '../../html.ts';
import { campaignPath, choiceOf, type InCampaign, pageIn, queryOf, type Shown } from '../exchange.ts';
import { filterHtml, momentOf, pagesHtml, roleWord, rowsMax, tableHtml, unitLink } from '../pieces.ts';

const roles = ['coordinator', 'leader', 'inspector', 'liaison', 'auditor', 'operator'] as const;

/** 人员: who has a part in the campaign, by title and unit; of addresses only the channel. */
export async function peoplePage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign } = exchange;
  const path = `${campaignPath(campaign)}/people`;
  const page = pageIn(exchange);
  const people = await readPage(
    run,
    campaign.id,
    { role: choiceOf(exchange, 'role', roles), words: queryOf(exchange, 'q') },
    { limit: rowsMax, offset: (page - 1) * rowsMax },
  );
  const rows = people.map((one): Part[] => [
    one.title === null ? '—' : view.author(one.title),
    html`${view.word(roleWord(one.role))}${one.everywhere && html` <span class="tag">${view.say('people.everywhere')}</span>`}`,
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
      options: roles.map((value) => ({ value, words: view.word(roleWord(value)) })),
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
${pagesHtml(exchange, path, page, people[0]?.all ?? 0)}`,
  };
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

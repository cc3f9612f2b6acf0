import { resultLines } from '../../../commands/results-lines.ts';
import { shortFigures } from '../../../commands/results-short.ts';
import type { Figures } from '../../../satisfaction/figures.ts';
import type { VersionResults } from '../../../satisfaction/results.ts';
import { findUnit } from '../../../store/desk/units.ts';
import { type FoundResults, findResults } from '../../../store/results.ts';
import { type Html, html, type Part } from '../../html.ts';
import { highestRated, may } from '../access.ts';
import { campaignPath, type InCampaign, queryOf, type Shown } from '../exchange.ts';
import { picturesHtml } from '../pictures.ts';
import { filterHtml, tableHtml } from '../pieces.ts';

/** 满意度: what citizens say, with every interval and every figure that is too small to be told left out. */
export async function satisfactionPage(exchange: InCampaign): Promise<Shown | 'missing' | 'refused'> {
  const { view, run, campaign, person, whole, at } = exchange;
  const path = `${campaignPath(campaign)}/satisfaction`;
  const code = queryOf(exchange, 'unit') || (whole ? '' : ((await ownUnit(exchange)) ?? ''));
  const unit = code === '' ? null : await findUnit(run, campaign.id, code);
  if (unit === null && !whole) return 'refused';
  if (unit === null && code !== '') return 'missing';
  const line = unit === null ? undefined : [unit.id, ...unit.above.map(({ id }) => id)];
  if (
    !may(person, {
      name: 'satisfaction',
      campaignId: campaign.id,
      ...(line === undefined ? {} : { unit: line }),
    })
  )
    return 'refused';
  const found = await findResults(run, {
    campaignId: campaign.id,
    unitId: unit?.id ?? null,
    zone: campaign.zone,
    highest: line === undefined ? null : highestRated(person, campaign.id, line),
  });
  // Its parts beside one another are for those who answer for all of them.
  const compares = whole || (unit !== null && isHead(exchange, line ?? []));
  const [, ...lines] = resultLines(found, {
    ...{ title: campaign.title, name: unit?.name ?? null, at, zone: campaign.zone, compares: false },
  });
  const [newest] = found.versions;
  return {
    title: view.say('satisfaction'),
    nav: 'satisfaction',
    ...(unit === null
      ? {}
      : {
          above: [{ href: view.to(path), words: view.say('satisfaction') }],
          about: `satisfaction:${unit.code}`,
        }),
    body: html`${unit !== null && html`<p class="problem">${view.author(unit.name)}</p>`}
${whole && filterHtml(exchange, path, [{ name: 'unit', words: view.say('unit'), options: await unitOptions(exchange) }])}
<ul class="plain">${lines.map((said) => html`<li>${'key' in said ? view.word(said) : view.author(said.text)}</li>`)}</ul>
${newest !== undefined && compares && partsHtml(exchange, newest, found, unit === null)}
${newest !== undefined && trendHtml(exchange, newest, found.period)}`,
    below: unit === null && whole && picturesHtml(exchange, ['satisfaction']),
  };
}

function isHead({ person }: InCampaign, line: readonly string[]): boolean {
  return person.roles.some(
    ({ role, unitId }) => role === 'leader' && unitId !== null && line.includes(unitId),
  );
}

/** Of somebody who sees no whole campaign the first unit that they head or speak for. */
async function ownUnit({ run, person, campaign }: InCampaign): Promise<string | null> {
  const ids = person.roles.flatMap(({ role, unitId, campaignId }) =>
    (role === 'leader' || role === 'liaison') && campaignId === campaign.id && unitId !== null
      ? [unitId]
      : [],
  );
  const [row] = await run<{ code: string }>('SELECT code FROM unit WHERE id = $1::uuid', [ids[0] ?? null]);
  return row?.code ?? null;
}

async function unitOptions({ run, view, campaign }: InCampaign): Promise<{ value: string; words: string }[]> {
  const rows = await run<{ code: string; name: string }>(
    `SELECT u.code, u.name FROM unit u WHERE u.campaign_id = $1::uuid AND EXISTS (
       SELECT FROM rating_tally t WHERE t.unit_id = u.id) ORDER BY length(u.code), u.code LIMIT 500`,
    [campaign.id],
  );
  return rows.map(({ code, name }) => ({ value: code, words: view.author(name) }));
}

/** In the order of the register: nothing is ranked. */
function partsHtml(
  { view }: InCampaign,
  { own, interview }: VersionResults,
  { names }: FoundResults,
  isCampaign: boolean,
): Html | null {
  const ids = own.parts.length >= interview.parts.length ? own.parts : interview.parts;
  if (ids.length === 0) return null;
  const asked = new Map(interview.parts.map(({ unitId, figures }) => [unitId, figures]));
  const said = new Map(own.parts.map(({ unitId, figures }) => [unitId, figures]));
  const cell = (figures: Figures | undefined): string => view.word(shortFigures(figures ?? { kind: 'none' }));
  const rows = ids.map(({ unitId }): Part[] => {
    const name = unitId === null ? undefined : names.get(unitId);
    return [
      name === undefined
        ? view.word({ key: isCampaign ? 'results:no-unit' : 'results:itself' })
        : view.author(name),
      cell(said.get(unitId)),
      cell(asked.get(unitId)),
    ];
  });
  return tableHtml(
    view.say('rated.parts'),
    [view.say('unit'), view.say('rated.own'), view.say('rated.interview')],
    rows,
  );
}

/** A single period is no trend. */
function trendHtml(
  { view }: InCampaign,
  { own: { trend } }: VersionResults,
  period: FoundResults['period'],
): Html | null {
  if (trend.length < 2) return null;
  return tableHtml(
    view.say(period === 'week' ? 'rated.trend.week' : 'rated.trend.month'),
    [view.say('rated.from'), view.say('rated.own')],
    trend.map(({ from, figures }) => [view.word({ date: from }), view.word(shortFigures(figures))]),
  );
}

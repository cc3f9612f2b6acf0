import { type Lamp, lampBounds, lampOf } from '../../campaign/rectification/lamp.ts';
import type { Param } from '../../flow/say.ts';
import type { Text } from '../../flow/text.ts';
import type { Part as PlayedPart } from '../../roles.ts';
import { type Html, html, type Part } from '../html.ts';
import { hiddenHtml, told } from '../pieces.ts';
import { campaignPath, type InCampaign, type Paged, queryOf, rowsMax } from './exchange.ts';
import type { WebKey } from './view.ts';

/** A lamp: a shape and its word; the colour says nothing that they don't. */
export function lampHtml({ view, facts }: InCampaign, lamp: Lamp): Html {
  const step = facts.ledger.lamps.indexOf(lamp);
  return html`<span class="lamp ${lamp.colour}"><span class="mark" aria-hidden="true">${shapes[lamp.colour]}</span>${view.author(lamp.word)}${step < 0 && '?'}</span>`;
}

const shapes: Record<Lamp['colour'], string> = { green: '●', blue: '◆', yellow: '▲', orange: '◣', red: '■' };

/** The lamp of what is due on a day. */
export function dueLamp(exchange: InCampaign, dueOn: string): Lamp {
  const { facts, today } = exchange;
  return lampOf(facts.ledger.lamps, dueOn, today, facts.calendar);
}

/**
 * The days on which what is due has this lamp: later than `after`, up to `upTo`; null without a bound.
 * @param step the lamp as {@link lampField} has it in the address; null for what is none
 */
export function daysOf(
  { facts, today }: InCampaign,
  step: string,
): { after: string | null; upTo: string | null } | null {
  const { lamps } = facts.ledger;
  const index = lamps.findIndex((_, at) => String(at) === step);
  if (index < 0) return null;
  const bounds = lampBounds(lamps, today, facts.calendar);
  return { upTo: bounds[index] ?? null, after: bounds[index + 1] ?? null };
}

/** `12/30` with a bar: the words say all, the bar shows it. */
export function barHtml({ view }: Pick<InCampaign, 'view'>, done: number, total: number): Html {
  const words = view.say('done-of', { done, total });
  if (total === 0) return html`${words}`;
  return html`<span class="bar"><progress max="${total}" value="${done}" aria-label="${words}"></progress>${words}</span>`;
}

/**
 * A table that scrolls by itself where it is wider than the page, reachable by the keyboard. On a phone every row is a card, and
 * each cell says what it is; the roles are written down because what is shown as blocks is no table to a screen reader any more.
 */
export function tableHtml(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Part[])[],
): Html {
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0"><table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    ([first, ...cells]) =>
      html`<tr role="row"><th role="rowheader" scope="row" data-head="${heads[0]}">${first}</th>${cells.map(
        (cell, index) => html`<td role="cell" data-head="${heads[index + 1]}">${cell}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

/** A part of a page that is exchanged while the page is open, when something has changed (live.ts). `name`: once a page. */
export function changing(name: string, body: Part): Html {
  return html`<div data-changes="${name}">${body}</div>`;
}

export interface Field {
  name: string;
  words: string;
  /** To choose from; without, words are typed. */
  options?: readonly { value: string; words: string }[];
}

/** A filter by lamp, the most urgent first, and by what has none. */
export function lampField({ view, facts }: InCampaign, without: { value: string; words: string }): Field {
  const lit = facts.ledger.lamps.map(({ word }, step) => ({ value: String(step), words: view.author(word) }));
  return { name: 'lamp', words: view.say('lamp'), options: [...lit.reverse(), without] };
}

/**
 * The filters of a page: a form whose answers stand in the address, so that a view can be passed on.
 * @param kept hidden fields with what the address narrows to beside them
 */
export function filterHtml(
  exchange: InCampaign,
  action: string,
  fields: readonly Field[],
  kept: Part = null,
): Html {
  const { view, request } = exchange;
  const language = typeof request.query.lang === 'string' ? hiddenHtml('lang', view.language) : null;
  return html`<form class="filter" method="get" action="${action}" role="search">${language}${kept}
${fields.map(({ name, words, options }) => {
  const chosen = queryOf(exchange, name);
  const id = `f-${name}`;
  return html`<p><label for="${id}">${words}</label>${
    options === undefined
      ? html`<input id="${id}" name="${name}" type="search" value="${chosen}" maxlength="100">`
      : html`<select id="${id}" name="${name}"><option value="">${view.say('any')}</option>${options.map(
          (option) =>
            html`<option value="${option.value}"${option.value === chosen && html` selected`}>${option.words}</option>`,
        )}</select>`
  }</p>`;
})}
<p><button>${view.say('filter')}</button></p></form>${fields.map((field) => unknownHtml(exchange, field))}`;
}

/** A choice in the address that there is none of narrows nothing, and that is said. */
function unknownHtml(exchange: InCampaign, { name, words, options }: Field): Html | null {
  const value = queryOf(exchange, name);
  if (value === '' || options === undefined || options.some((option) => option.value === value)) return null;
  return told(exchange.view.say('filter.unknown', { field: words, value }), 'bad');
}

/** Where one is in a long list, with a link on and one back; keeps the filters. */
export function pagesHtml(
  exchange: InCampaign,
  path: string,
  { page, count, asked }: Omit<Paged<unknown>, 'rows'>,
): Html {
  const { view } = exchange;
  const pages = Math.max(1, Math.ceil(count / rowsMax));
  const link = (to: number, words: WebKey) => {
    const query = Object.fromEntries(
      Object.entries(exchange.request.query).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' && value !== '' && name !== 'page' && name !== 'lang'
          ? [[name, value]]
          : [],
      ),
    );
    return html`<a href="${view.to(path, { ...query, page: String(to) })}">${view.say(words)}</a>`;
  };
  return html`${asked !== null && told(view.say('count.no-page', { page: asked }), 'bad')}<p class="pages">${view.say('count', { count, page, pages })} ${page > 1 && link(page - 1, 'previous')} ${page < pages && link(page + 1, 'next')}</p>`;
}

/** Below a table that shows the first rows only: how many there are, and where all of them stand, if anywhere. */
export function firstOnlyHtml(
  { view }: Pick<InCampaign, 'view'>,
  shown: number,
  count: number,
  whole?: string,
): Html | null {
  if (shown >= count) return null;
  return html`<p class="pages">${view.say('count.first', { count, shown })} ${whole !== undefined && html`<a href="${whole}">${view.say('count.whole')}</a>`}</p>`;
}

/** Facts as a list of names and what each is. */
export function factsHtml(facts: readonly (readonly [string, Part])[]): Html {
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A window has a page of its own kind; every other unit that of units. */
export function unitHref(
  { view, campaign }: InCampaign,
  { code, kind }: { code: string; kind: string },
): string {
  return view.to(
    `${campaignPath(campaign)}/${kind === 'window' ? 'windows' : 'units'}/${encodeURIComponent(code)}`,
  );
}

/** A unit's name, linked where its page opens to whoever reads. */
export function unitLink(exchange: InCampaign, unit: { code: string; kind: string; name: Text }): Part {
  const { view, units } = exchange;
  const name = view.author(unit.name);
  return units === null || units.has(unit.code)
    ? html`<a href="${unitHref(exchange, unit)}">${name}</a>`
    : name;
}

export function findingHref({ view, campaign }: InCampaign, number: number): string {
  return view.to(`${campaignPath(campaign)}/findings/${number}`);
}

/** A date in words, or a dash. */
export function dayOf({ view }: Pick<InCampaign, 'view'>, date: string | null): string {
  return date === null ? '—' : view.word({ date });
}

export function momentOf({ view, campaign }: InCampaign, at: Date | null): string {
  return at === null ? '—' : view.word({ instant: at.toISOString(), zone: campaign.zone });
}

export function partWord(name: PlayedPart): Param {
  return { key: `commands:role.${name}` };
}

import type { Role } from '../../campaign/definition.ts';
import { type Lamp, lampBounds, lampOf } from '../../campaign/rectification/lamp.ts';
import type { Param } from '../../flow/say.ts';
import type { Text } from '../../flow/text.ts';
import { type Html, html, type Part } from '../html.ts';
import { hiddenHtml } from '../pieces.ts';
import { campaignPath, type InCampaign, queryOf } from './exchange.ts';
import type { WebKey } from './view.ts';

/** Rows of one page of a list. */
export const rowsMax = 50;

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

/** The days on which what is due has this lamp: later than `after`, up to `upTo`; null without a bound. */
export function daysOf(
  { facts, today }: InCampaign,
  lamp: Lamp,
): { after: string | null; upTo: string | null } {
  const bounds = lampBounds(facts.ledger.lamps, today, facts.calendar);
  const index = facts.ledger.lamps.indexOf(lamp);
  return { upTo: bounds[index] ?? null, after: bounds[index + 1] ?? null };
}

/** `12/30` with a bar: the words say all, the bar shows it. */
export function barHtml({ view }: Pick<InCampaign, 'view'>, done: number, total: number): Html {
  const words = view.say('done-of', { done, total });
  if (total === 0) return html`${words}`;
  return html`<span class="bar"><progress max="${total}" value="${done}" aria-label="${words}"></progress>${words}</span>`;
}

/** A table that scrolls by itself on a phone, reachable by the keyboard. */
export function tableHtml(caption: string, heads: readonly Part[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

export interface Field {
  name: string;
  words: string;
  /** To choose from; without, words are typed. */
  options?: readonly { value: string; words: string }[];
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
<p><button>${view.say('filter')}</button></p></form>`;
}

/** Where one is in a long list, with a link on and one back; keeps the filters. */
export function pagesHtml(exchange: InCampaign, path: string, page: number, count: number): Html {
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
  return html`<p class="pages">${view.say('count', { count, page, pages })} ${page > 1 && link(page - 1, 'previous')} ${page < pages && link(page + 1, 'next')}</p>`;
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

export function unitLink(exchange: InCampaign, unit: { code: string; kind: string; name: Text }): Html {
  return html`<a href="${unitHref(exchange, unit)}">${exchange.view.author(unit.name)}</a>`;
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

export function roleWord(role: Role): Param {
  return role === 'citizen' ? '—' : { key: `commands:role.${role}` };
}

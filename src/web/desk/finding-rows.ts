import type { FindingRow } from '../../store/desk/findings.ts';
import { type Html, html, type Part } from '../html.ts';
import type { InCampaign } from './exchange.ts';
import { dayOf, dueLamp, findingHref, lampHtml, tableHtml } from './pieces.ts';

export function findingRows(exchange: InCampaign, rows: readonly FindingRow[]): Part[][] {
  const { view } = exchange;
  return rows.map((row) => [
    html`<a href="${findingHref(exchange, row.number)}">${view.say('problem.number', { number: row.number })}</a>`,
    html`${view.author(row.problem)}${row.photos > 0 && html` <span class="soft">${view.say('problem.photos', { count: row.photos })}</span>`}${row.secret !== null && html` <span class="tag">${view.say('hidden')}</span>`}`,
    row.unit === null ? '—' : view.author(row.unit),
    stateOf(exchange, row),
    row.dueOn === null || row.status !== 'open' ? '—' : lampHtml(exchange, dueLamp(exchange, row.dueOn)),
    dayOf(exchange, row.dueOn),
    html`${view.word({ key: `ledger:severity.${row.severity}` })}${row.category !== null && html`<br>${row.category}`}`,
  ]);
}

export function findingTable(exchange: InCampaign, caption: string, rows: readonly Part[][]): Html {
  const heads = [
    'problem',
    'problem.words',
    'unit',
    'problem.state',
    'lamp',
    'task.due',
    'problem.kind',
  ] as const;
  return tableHtml(
    caption,
    heads.map((key) => exchange.view.say(key)),
    rows,
  );
}

function stateOf({ view }: InCampaign, { stage, status }: FindingRow): string {
  const state =
    status === 'open' || status === 'closed' ? (stage ?? (status === 'closed' ? 'closed' : 'none')) : status;
  return view.word({ key: `ledger:state.${state}` });
}

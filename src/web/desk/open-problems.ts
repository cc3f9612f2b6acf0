import { countFindings, type FindingFilter, findingsPage } from '../../store/desk/findings.ts';
import { type Html, html } from '../html.ts';
import { findingSight } from './admit.ts';
import { campaignPath, type InCampaign, rowsMax } from './exchange.ts';
import { findingRows, findingTable } from './finding-rows.ts';
import { firstOnlyHtml } from './pieces.ts';

/** A part of a page, and the hidden activities (ids) of which something is in it. */
export interface Section {
  body: Html;
  secrets: string[];
}

/** The open problems that a person may see, of one unit or of all: as many as a page lists, and where the others stand. */
export async function openProblems(
  exchange: InCampaign,
  unit: { id: string; code: string } | null,
  captionOf: (n: number) => string,
): Promise<Section> {
  const { view, run, campaign } = exchange;
  const sight = await findingSight(exchange);
  const filter: FindingFilter = {
    ...{ campaignId: campaign.id, status: 'open', stage: null, severity: null, due: null },
    ...{ waiting: false, unitId: unit?.id ?? null, words: '' },
  };
  const rows = await findingsPage(run, sight, filter, { limit: rowsMax, offset: 0 });
  if (rows.length === 0) return { body: html`<p>${view.say('problems.none')}</p>`, secrets: [] };
  const all = rows.length < rowsMax ? rows.length : await countFindings(run, sight, filter);
  const whole = view.to(`${campaignPath(campaign)}/findings`, {
    status: 'open',
    ...(unit === null ? {} : { unit: unit.code }),
  });
  return {
    body: html`${findingTable(exchange, captionOf(all), findingRows(exchange, rows))}${firstOnlyHtml(exchange, rows.length, all, whole)}`,
    secrets: rows.flatMap(({ secret }) => secret ?? []),
  };
}

import { countFindings, type FindingFilter, findingsPage as readPage } from '../../../store/desk/findings.ts';
import { type FoundUnit, findUnit } from '../../../store/desk/units.ts';
import { severities } from '../../../store/ledger.ts';
import { html } from '../../html.ts';
import { hiddenHtml, told } from '../../pieces.ts';
import { findingSight } from '../admit.ts';
import { campaignPath, choiceOf, type InCampaign, pageOf, queryOf, type Shown } from '../exchange.ts';
import { findingRows, findingTable } from '../finding-rows.ts';
import { changing, daysOf, type Field, filterHtml, lampField, pagesHtml } from '../pieces.ts';

const statuses = ['open', 'closed', 'other'] as const;
const stages = [
  ...['none', 'ordered', 'accepted', 'working', 'replied', 'verified', 'returned', 'disputed', 'reopened'],
] as const;

/** 问题: what a person may see of the ledger, due days first. */
export async function findingsPage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign } = exchange;
  const path = `${campaignPath(campaign)}/findings`;
  const sight = await findingSight(exchange);
  const code = queryOf(exchange, 'unit');
  const unit = code === '' ? null : await findUnit(run, campaign.id, code);
  const filter = filterIn(exchange, unit);
  const all = await countFindings(run, sight, filter);
  const { rows, ...paged } = await pageOf(exchange, async (range) =>
    (await readPage(run, sight, filter, range)).map((row) => ({ ...row, all })),
  );
  return {
    title: view.say('findings'),
    nav: 'findings',
    secrets: [...new Set(rows.flatMap(({ secret }) => secret ?? []))],
    body: html`${filterHtml(exchange, path, fieldsOf(exchange), unit !== null && hiddenHtml('unit', unit.code))}
${unit !== null && html`<p>${view.say('problems.of', { unit: unit.name })} <a href="${view.to(path)}">${view.say('problems.of.all')}</a></p>`}${unit === null && code !== '' && told(view.say('filter.unknown', { field: view.say('unit'), value: code }), 'bad')}
${changing(
  'findings',
  html`${rows.length === 0 ? html`<p>${view.say('problems.none')}</p>` : findingTable(exchange, view.say('findings'), findingRows(exchange, rows))}
${pagesHtml(exchange, path, paged)}`,
)}`,
  };
}

function filterIn(exchange: InCampaign, unit: FoundUnit | null): FindingFilter {
  const lamp = queryOf(exchange, 'lamp');
  return {
    campaignId: exchange.campaign.id,
    // A lamp is lit for what is open.
    status: lamp === '' ? choiceOf(exchange, 'status', statuses) : 'open',
    stage: choiceOf(exchange, 'stage', stages),
    severity: choiceOf(exchange, 'severity', severities),
    due: daysOf(exchange, lamp),
    waiting: lamp === 'waiting',
    unitId: unit?.id ?? null,
    words: queryOf(exchange, 'q'),
  };
}

function fieldsOf(exchange: InCampaign): Field[] {
  const { view } = exchange;
  return [
    { name: 'q', words: view.say('problem.search') },
    {
      name: 'status',
      words: view.say('problem.status'),
      options: statuses.map((value) => ({ value, words: view.say(`problem.status.${value}`) })),
    },
    lampField(exchange, { value: 'waiting', words: view.say('lamp.waiting') }),
    {
      name: 'stage',
      words: view.say('problem.state'),
      options: stages.map((value) => ({
        value,
        words: view.word({ key: `ledger:state.${value as 'none'}` }),
      })),
    },
    {
      name: 'severity',
      words: view.say('problem.severity'),
      options: severities.map((value) => ({ value, words: view.word({ key: `ledger:severity.${value}` }) })),
    },
  ];
}

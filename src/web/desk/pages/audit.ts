import { auditPage as readPage } from '../../../store/desk/audit.ts';
import { html, type Part } from '../../html.ts';
import { campaignPath, type InCampaign, queryOf, type Shown } from '../exchange.ts';
import { filterHtml, momentOf, rowsMax, tableHtml } from '../pieces.ts';

/**
 * 操作记录: who did and who saw what, the newest first. What tells of hidden activities only their own coordinators see; rows have
 * no numbers here, and where the next page begins is sealed, because gaps would tell of it too (JX-4.4).
 */
export async function auditPage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign, hidden, doors } = exchange;
  const path = `${campaignPath(campaign)}/audit`;
  const [kind, about] = [queryOf(exchange, 'kind'), queryOf(exchange, 'about')];
  const before = openedSeq(doors.keys.open, queryOf(exchange, 'before'));
  const { entries, next } = await readPage(
    run,
    { campaignId: campaign.id, secrets: hidden.all },
    { kind, about, before },
    rowsMax,
  );
  const rows = entries.map((entry): Part[] => [
    momentOf(exchange, new Date(entry.at)),
    !entry.isPerson
      ? view.say('audit.service')
      : entry.title !== null
        ? view.author(entry.title)
        : entry.role === null
          ? view.say('somebody')
          : view.word({ key: `commands:role.${entry.role as 'coordinator'}` }),
    entry.kind,
    entry.about,
    html`<code>${JSON.stringify(entry.data)}</code>`,
  ]);
  const heads = ['audit.at', 'audit.who', 'audit.kind', 'audit.about', 'audit.data'] as const;
  const fields = [
    { name: 'kind', words: view.say('audit.kind.search') },
    { name: 'about', words: view.say('audit.about.search') },
  ];
  const on = next === null ? null : doors.keys.seal(`audit ${next}`).toString('base64url');
  return {
    title: view.say('audit'),
    nav: 'audit',
    secrets: hidden.all,
    body: html`${filterHtml(exchange, path, fields)}
${
  rows.length === 0
    ? html`<p>${view.say('audit.none')}</p>`
    : tableHtml(
        view.say('audit'),
        heads.map((key) => view.say(key)),
        rows,
      )
}
${on !== null && html`<p class="pages"><a href="${view.to(path, { ...(kind === '' ? {} : { kind }), ...(about === '' ? {} : { about }), before: on })}">${view.say('audit.older')}</a></p>`}`,
  };
}

function openedSeq(open: (sealed: Uint8Array) => string, given: string): number | null {
  if (given === '') return null;
  try {
    const [kind, seq] = open(Buffer.from(given, 'base64url')).split(' ');
    return kind === 'audit' ? Number(seq) : null;
  } catch {
    // Not ours, or cut short: the newest are shown.
    return null;
  }
}

import { partsOf } from '../../../roles.ts';
import { type AuditKind, auditKinds } from '../../../store/audit-kinds.ts';
import { type AuditEntry, auditPage as readPage } from '../../../store/desk/audit.ts';
import { auditNames } from '../../../store/desk/audit-names.ts';
import { type Html, html, type Part } from '../../html.ts';
import { hiddenHtml } from '../../pieces.ts';
import { aboutHtml, aboutWords, type Names, roleName } from '../audit-about.ts';
import { factsHtml, idsIn, questionsIn, unitCodesIn } from '../audit-facts.ts';
import { campaignPath, choiceOf, type InCampaign, queryOf, rowsMax, type Shown } from '../exchange.ts';
import { filterHtml, momentOf, tableHtml } from '../pieces.ts';

/**
 * 操作记录: who did and who saw what, the newest first, in words for an auditor who is no engineer; the log's own word for it
 * stands small beside. What tells of hidden activities only their own coordinators see; rows have no numbers here, and where the
 * next page begins is sealed, because gaps would tell of it too (JX-4.4).
 */
export async function auditPage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign, hidden, doors } = exchange;
  const path = `${campaignPath(campaign)}/audit`;
  const kind = choiceOf(exchange, 'kind', auditKinds) ?? '';
  const about = queryOf(exchange, 'about');
  const before = openedSeq(doors.keys.open, queryOf(exchange, 'before'));
  const { roles, contactId: by } = exchange.person;
  const looks = roles.some((own) => partsOf(own, campaign.id).includes('auditor'));
  const sight = { campaignId: campaign.id, secrets: hidden.all, looks, by };
  const { entries, next } = await readPage(run, sight, { kind, about, before }, rowsMax);
  const named = [...entries, { about, data: null }];
  const names = await auditNames(run, sight, idsIn(named), unitCodesIn(named), questionsIn(named));
  const rows = entries.map((entry) => rowOf(exchange, entry, names));
  const heads = ['audit.at', 'audit.who', 'audit.kind', 'audit.about', 'audit.data'] as const;
  const options = auditKinds.map((value) => ({ value, words: view.say(`audit.kind.${value}`) }));
  const on = next === null ? null : doors.keys.seal(`audit ${next}`).toString('base64url');
  const kept = { ...(kind === '' ? {} : { kind }), ...(about === '' ? {} : { about }) };
  return {
    title: view.say('audit'),
    nav: 'audit',
    secrets: hidden.all,
    body: html`${filterHtml(exchange, path, [{ name: 'kind', words: view.say('audit.kind'), options }], about !== '' && hiddenHtml('about', about))}
${about !== '' && html`<p>${view.say('audit.about.only', { about: aboutWords(exchange, { about }, names) })} <a href="${view.to(path, kind === '' ? {} : { kind })}">${view.say('audit.about.all')}</a></p>`}
${
  rows.length === 0
    ? html`<p>${view.say('audit.none')}</p>`
    : tableHtml(
        view.say('audit'),
        heads.map((key) => view.say(key)),
        rows,
      )
}
${on !== null && html`<p class="pages"><a href="${view.to(path, { ...kept, before: on })}">${view.say('audit.older')}</a></p>`}`,
  };
}

function rowOf(exchange: InCampaign, entry: AuditEntry, names: Names): Part[] {
  const { view, campaign } = exchange;
  const only = view.to(`${campaignPath(campaign)}/audit`, { about: entry.about });
  return [
    momentOf(exchange, new Date(entry.at)),
    whoOf(exchange, entry),
    kindHtml(exchange, entry.kind),
    html`${aboutHtml(exchange, entry, names)} <a class="soft" href="${only}">${view.say('audit.about.filter')}<span class="sr"> (${aboutWords(exchange, entry, names)})</span></a>`,
    factsHtml(view, entry, names),
  ];
}

function whoOf({ view }: InCampaign, { kind, isPerson, title, role }: AuditEntry): string {
  // A command is always somebody's: of who has no part it is not kept whose.
  if (!isPerson)
    return kind === 'command' ? view.word({ key: 'desk:audit.nobody' }) : view.say('audit.service');
  if (title !== null) return view.author(title);
  return role === null ? view.say('somebody') : roleName(view, role);
}

function kindHtml({ view }: InCampaign, kind: string): Html {
  const known = auditKinds.find((one): one is AuditKind => one === kind);
  const raw = html`<code class="soft">${kind}</code>`;
  return known === undefined ? raw : html`${view.say(`audit.kind.${known}`)}<br>${raw}`;
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

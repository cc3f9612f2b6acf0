import { settingsOf } from '../../../store/desk/settings.ts';
import { html, type Part } from '../../html.ts';
import { hiddenHtml } from '../../pieces.ts';
import type { InCampaign, Shown } from '../exchange.ts';
import { dayOf, factsHtml, lampHtml, momentOf, tableHtml } from '../pieces.ts';

/** 设置: by which rules the campaign runs. They stand in its file; here they are read. And the way out of every browser. */
export async function settingsPage(exchange: InCampaign): Promise<Shown> {
  const { view, run, campaign, facts } = exchange;
  const { notice, start, versions, rooms } = await settingsOf(run, campaign.id);
  const { at, before, overdue, quiet } = facts.rules;
  const rules: [string, Part][] = [
    [view.say('settings.code'), campaign.code],
    [view.say('settings.state'), view.say(`status.${campaign.status}`)],
    [
      view.say('settings.notice'),
      html`${view.author(notice.title)}${notice.number !== undefined && html`<br>${notice.number}`}<br>${view.author(notice.issuer)} · ${dayOf(exchange, notice.date)}`,
    ],
    [view.say('settings.mandate'), notice.mandate === undefined ? '—' : view.author(notice.mandate)],
    [view.say('settings.start'), dayOf(exchange, start)],
    [view.say('settings.zone'), zoneName(view.language, campaign.zone)],
    [
      view.say('settings.remind'),
      view.say('settings.remind.when', {
        at,
        days: {
          list: before.map((days) =>
            days === 0 ? view.word({ key: 'commands:why.step.today' }) : view.say('settings.days', { days }),
          ),
        },
        overdue: view.say(`settings.overdue.${overdue}`),
      }),
    ],
    [view.say('settings.quiet'), `${quiet.from}–${quiet.to}`],
    [view.say('settings.instant'), view.say('settings.workdays', { days: facts.ledger.instant })],
    [view.say('settings.silence'), view.say('settings.workdays', { days: facts.ledger.silence })],
    [view.say('settings.proof'), view.say(facts.ledger.proof ? 'yes' : 'no')],
    [view.say('settings.prc'), view.say(facts.prc ? 'yes' : 'no')],
  ];
  const lamps = facts.ledger.lamps.map((lamp): Part[] => [
    lampHtml(exchange, lamp),
    lamp.overdue !== undefined
      ? view.say('settings.lamp.overdue', { days: lamp.overdue })
      : lamp.left !== undefined
        ? view.say('settings.lamp.left', { days: lamp.left })
        : view.say('settings.lamp.all'),
  ]);
  return {
    title: view.say('settings'),
    nav: 'settings',
    body: html`${factsHtml(rules)}
${tableHtml(view.say('settings.lamps'), [view.say('lamp'), view.say('settings.lamp.when')], lamps)}
${tableHtml(
  view.say('settings.versions'),
  [view.say('settings.version'), view.say('settings.at'), view.say('settings.reason')],
  versions.map(({ version, at: published, reason }) => [
    version,
    momentOf(exchange, published),
    reason ?? '—',
  ]),
)}
${
  rooms.length > 0 &&
  tableHtml(
    view.say('settings.rooms'),
    [view.say('settings.room'), view.say('settings.purpose')],
    rooms.map(({ title, purpose }) => [
      title === null ? '—' : view.author(title),
      view.say(`purpose.${purpose as 'hall'}`),
    ]),
  )
}
<section aria-labelledby="browsers"><h2 id="browsers">${view.say('settings.browsers')}</h2><p>${view.say('settings.browsers.how')}</p>
<form method="post" action="${view.to('/desk/out')}">${hiddenHtml('go', 'everywhere')}<button>${view.say('leave.everywhere')}</button></form></section>`,
  };
}

/** A time zone as people call it (中国标准时间); its code where it has no name. */
function zoneName(language: string, zone: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'long' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

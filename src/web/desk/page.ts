import { type Html, html, type Part } from '../html.ts';
import { hiddenHtml, otherOf } from '../pieces.ts';
import { may, type PageName } from './access.ts';
import { assetPaths } from './assets.ts';
import { campaignPath, type Exchange, type InCampaign, type Shown } from './exchange.ts';
import type { View, WebKey } from './view.ts';

/** Pages of a campaign in the order of the list, with the address behind the campaign's. */
const listed: { name: PageName; path: string; words: WebKey }[] = [
  { name: 'overview', path: '', words: 'overview' },
  { name: 'mine', path: '/mine', words: 'mine' },
  { name: 'board', path: '/units', words: 'board' },
  { name: 'findings', path: '/findings', words: 'findings' },
  { name: 'satisfaction', path: '/satisfaction', words: 'satisfaction' },
  { name: 'people', path: '/people', words: 'people' },
  { name: 'queue', path: '/queue', words: 'queue' },
  { name: 'audit', path: '/audit', words: 'audit' },
  { name: 'settings', path: '/settings', words: 'settings' },
];

/** A page in its frame: who is logged in, which campaign, where one can go. */
export function deskPage(exchange: Exchange | InCampaign, shown: Shown): string {
  const { view, person, doors, request } = exchange;
  const campaign = 'campaign' in exchange ? exchange.campaign : null;
  const other = otherOf(view);
  return frame(view, {
    title: shown.title,
    rehearsal: doors.rehearsal,
    top: html`<p class="brand"><a href="${view.to('/desk')}">${view.say('brand')}</a>${
      campaign !== null && html` <span class="of">${view.author(campaign.title)}</span>`
    }</p>
<div class="who"><span>${person.title === null ? view.say('somebody') : view.author(person.title)}</span>
<a href="${inOther(request.originalUrl, other)}" lang="${other}" hreflang="${other}">${view.say('language.other')}</a>
<form method="post" action="${view.to('/desk/out')}">${hiddenHtml('go', 'out')}<button>${view.say('leave')}</button></form></div>`,
    nav: 'campaign' in exchange && navHtml(exchange, shown.nav),
    body: html`${shown.above !== undefined && aboveHtml(view, shown.above)}<h1>${shown.title}</h1>
${'campaign' in exchange && asOfHtml(exchange)}
${shown.live !== undefined && liveHtml(view, shown.live)}
${shown.body}
${shown.below}`,
  });
}

/** A page for somebody who is not logged in, or is to hear one thing only. */
export function plainPage(view: View, { title, body, rehearsal }: Bare): string {
  const brand = html`<p class="brand">${view.say('brand')}</p>`;
  return frame(view, { title, rehearsal, top: brand, nav: null, body: html`<h1>${title}</h1>${body}` });
}

interface Bare {
  title: string;
  body: Part;
  rehearsal: boolean;
}

interface Frame extends Bare {
  top: Part;
  nav: Part;
}

function frame(view: View, { title, body, rehearsal, top, nav }: Frame): string {
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${view.say('brand')}</title>
<link rel="icon" href="${assetPaths.icon}">
<link rel="stylesheet" href="${assetPaths.style}">
<script src="${assetPaths.script}" defer></script>
</head>
<body>
<a class="skip" href="#main">${view.say('skip')}</a>
${rehearsal && html`<p class="rehearsal">${view.word({ key: 'survey:rehearsal' })}</p>`}
<header><div class="top">${top}</div>${nav}</header>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`.markup;
}

function navHtml(exchange: InCampaign, here: PageName): Html {
  const { view, person, campaign } = exchange;
  const open = listed.filter(({ name }) => may(person, { name, campaignId: campaign.id }));
  return html`<nav aria-label="${view.say('pages')}"><ul>${open.map(
    ({ name, path, words }) =>
      html`<li><a href="${view.to(campaignPath(campaign) + path)}"${name === here && html` aria-current="page"`}>${view.say(words)}</a></li>`,
  )}</ul></nav>`;
}

function aboveHtml(view: View, links: NonNullable<Shown['above']>): Html {
  return html`<nav class="above" aria-label="${view.say('above')}"><ol>${links.map(
    ({ href, words }) => html`<li><a href="${href}">${words}</a></li>`,
  )}</ol></nav>`;
}

/** Of when everything on the page is: a figure without its day says nothing. */
function asOfHtml(exchange: InCampaign): Html {
  return html`<p class="as-of" id="as-of">${asOfWords(exchange)}</p>`;
}

export function asOfWords({ view, at, campaign }: InCampaign): string {
  return view.say('as-of', { at: { instant: at, zone: campaign.zone } });
}

/** Whether the page keeps up with what happens; empty without a script, which then keeps up with nothing. */
function liveHtml(view: View, address: string): Html {
  return html`<p id="live" role="status" class="as-of" data-live="${address}" data-on="${view.say('live.on')}" data-off="${view.say('live.off')}"></p>`;
}

/** The same address in the other language, with every filter. */
function inOther(address: string, language: string): string {
  const [path = '', query = ''] = address.split('?', 2);
  const all = new URLSearchParams(query);
  all.set('lang', language);
  return `${path}?${all}`;
}

import type { ClosedReason } from '../../conversation/closed-survey.ts';
import { type Html, html, type Part } from '../html.ts';
import { hiddenHtml, paragraphs, told } from '../pieces.ts';
import type { SurveyKey, View } from './view.ts';

/** Why somebody sees no survey and no receipt. */
export type Refusal =
  | ClosedReason
  | 'limited'
  | 'many-requests'
  | 'many-guesses'
  | 'long'
  | 'malformed'
  | 'foreign'
  | 'failed';

/** Of each: its HTTP status, and what can be done instead. */
export const refusals: Record<
  Refusal,
  { status: number; title: SurveyKey; next: 'survey' | 'receipt' | null }
> = {
  unknown: { status: 404, title: 'unknown.title', next: 'receipt' },
  'not-begun': { status: 409, title: 'not-begun.title', next: null },
  closed: { status: 410, title: 'closed.title', next: 'receipt' },
  expired: { status: 410, title: 'expired.title', next: 'receipt' },
  used: { status: 409, title: 'used.title', next: 'receipt' },
  limited: { status: 429, title: 'limited.title', next: 'receipt' },
  'many-requests': { status: 429, title: 'many-requests.title', next: null },
  'many-guesses': { status: 429, title: 'many-requests.title', next: null },
  long: { status: 413, title: 'long.title', next: null },
  malformed: { status: 400, title: 'malformed.title', next: 'survey' },
  foreign: { status: 403, title: 'malformed.title', next: 'survey' },
  failed: { status: 503, title: 'failed.title', next: null },
};

/** In the person's language: what is the matter, and what to do next. @param path of the survey, if there is one */
export function refusalHtml(view: View, refusal: Refusal, path: string | null): Html {
  const { next } = refusals[refusal];
  const links: Part =
    next === 'survey' && path !== null
      ? html`<p><a class="button" href="${view.to(path)}">${view.say('to-survey')}</a></p>`
      : next === 'receipt' &&
        html`<p><a class="button" href="${view.to('/r')}">${view.say('to-receipt')}</a></p>`;
  return html`${paragraphs(view.say(refusal))}${links}`;
}

/** Where a receipt is typed. @param fault what is wrong with the one that was */
export function lookHtml(view: View, fault: string | null): Html {
  return html`${fault !== null && told(fault, 'bad')}
<p>${view.say('look.why')}</p>
<form id="look" method="post" action="${view.to('/r')}">${hiddenHtml('do', 'look')}
<div class="question"><label for="receipt">${view.say('look.label')}</label>
<input id="receipt" name="receipt" required maxlength="30" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="XXXX-XXXX-XXXX"${fault !== null && html` aria-invalid="true"`}></div>
<p class="buttons"><button class="main">${view.say('look.do')}</button></p></form>`;
}

import { type Html, html } from '../html.ts';
import { hiddenHtml, told } from '../pieces.ts';
import type { View } from './view.ts';

/** Characters of the receipt that are asked for. */
export const lastLetters = 4;

export interface RatedPage {
  /** Of the survey. */
  path: string;
  /** Somebody else can rate by this code, or the same person another visit. */
  mayRateAgain: boolean;
  /** What is wrong with the letters that were typed. */
  fault: string | null;
}

/**
 * What whoever comes next sees on a device that has rated: that it has, and nothing of the rating. A hall's tablet is many
 * people's; who they are can't be known, but only one of them has read the receipt.
 */
export function ratedHtml(view: View, { path, mayRateAgain, fault }: RatedPage): Html {
  const described = fault === null ? 'h-last' : 'h-last e-last';
  return html`<p class="rated">${view.say('rated')}</p>
${mayRateAgain && html`<p class="buttons">${leaveHtml(view, path, 'another', 'main')}</p>`}
<form method="post" action="${view.to(path)}">${hiddenHtml('do', 'mine')}
<div class="question"><label for="last">${view.say('rated.mine')}</label>
<p id="h-last" class="help">${view.say('rated.mine.why')}</p>
${fault !== null && html`<p id="e-last" class="fault" role="alert">${fault}</p>`}
<input id="last" name="last" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="${described}"${fault !== null && html` aria-invalid="true"`}></div>
<p class="buttons"><button>${view.say('rated.mine.do')}</button></p></form>
<p class="help">${view.say('rated.forget.why')}</p>
${leaveHtml(view, path, 'forget', '')}`;
}

/** A button that takes the cookie away: for a form of somebody else's, or for good. */
export function leaveHtml(view: View, path: string, action: 'another' | 'forget', style: string): Html {
  return html`<form method="post" action="${view.to(path)}">${hiddenHtml('do', action)}<button class="${style}">${view.say(`rated.${action}`)}</button></form>`;
}

/** After it was taken away. */
export function forgottenHtml(view: View, path: string): Html {
  return html`${told(view.say('done.forgotten'), 'good')}
<p><a class="button" href="${view.to(path)}">${view.say('to-survey')}</a></p>`;
}

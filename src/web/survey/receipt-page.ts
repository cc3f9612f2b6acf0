import type { Request } from 'express';
import type { LookedUp } from '../../conversation/receipts.ts';
import { describe } from '../../flow/describe.ts';
import { isOnForms } from '../../flow/fill.ts';
import { normaliseCode } from '../../short-code.ts';
import { type Html, html, type Part } from '../html.ts';
import { hiddenHtml, told } from '../pieces.ts';
import { leaveHtml } from './rated-page.ts';
import type { View } from './view.ts';

/** The longest contact that is taken, in characters. */
export const contactMax = 200;

/** What was just done, by the word that an address may carry. */
export const done = {
  stored: 'good',
  changed: 'good',
  masked: 'good',
  'masked-call': 'good',
  already: 'good',
  contact: 'good',
  'no-contact': 'bad',
  'no-call': 'good',
  'no-call-none': 'bad',
  fix: 'good',
  'no-fix': 'bad',
  withdrawn: 'good',
  forgotten: 'good',
  closed: 'bad',
} as const;
export type Done = keyof typeof done;

/** What the address says was done; null without. */
export function doneIn({ query }: Request): Done | null {
  const said = String(query.done ?? '');
  return Object.hasOwn(done, said) ? (said as Done) : null;
}

export interface ReceiptPage {
  receipt: string;
  found: LookedUp;
  said: Done | null;
  /** How to leave the device to somebody else; null where the page was opened by the whole receipt. */
  leave: { path: string; action: 'another' | 'forget' } | null;
  /** What is wrong with the contact that was given. */
  contactFault: string | null;
}

/** What the holder of a receipt sees of their rating and can do with it. */
export function receiptHtml(view: View, { receipt, found, said, leave, contactFault }: ReceiptPage): Html {
  return html`${said !== null && told(view.say(`done.${said}`), done[said])}
<section aria-labelledby="receipt"><h2 id="receipt">${view.say('receipt')}</h2>
<p class="receipt">${printed(receipt)}</p><p>${view.say('receipt.keep')}</p></section>
${statusHtml(view, found)}
${fixHtml(view, receipt, found)}
${contactHtml(view, receipt, found, contactFault)}
${answersHtml(view, found)}
<div class="buttons">
${found.open && actionHtml(view, receipt, 'change', html`<button class="main">${view.say('change')}</button>`)}
${leave !== null && leaveHtml(view, leave.path, leave.action, '')}
${actionHtml(view, receipt, 'export', html`<button>${view.say('export')}</button>`)}
</div>
<details class="withdraw"><summary>${view.say('withdraw')}</summary><p>${view.say('withdraw.sure')}</p>
${actionHtml(view, receipt, 'withdraw', html`<button class="danger">${view.say('withdraw.do')}</button>`)}</details>`;
}

/** In three parts, as it is read out or written down. */
function printed(receipt: string): string {
  return normaliseCode(receipt).replace(/(.{4})(?=.)/g, '$1-');
}

/** A form that does one thing with this receipt. */
function actionHtml(view: View, receipt: string, action: string, body: Part): Html {
  return html`<form method="post" action="${view.to('/r')}">${hiddenHtml('receipt', receipt)}${hiddenHtml('do', action)}${body}</form>`;
}

function statusHtml(view: View, { case: opened }: LookedUp): Html {
  const lines =
    opened === null
      ? [view.say('receipt.no-case')]
      : [
          view.say(opened.ended === 'struck' ? 'stage.struck' : `stage.${opened.stage}`),
          ...(opened.dueOn === null ? [] : [view.say('due', { date: { date: opened.dueOn } })]),
          ...(opened.reply === null ? [] : [view.say('reply', { reply: opened.reply })]),
        ];
  return html`<section aria-labelledby="status"><h2 id="status">${view.say('receipt.status')}</h2>${lines.map((line) => html`<p class="line">${line}</p>`)}</section>`;
}

function answersHtml(view: View, { flow, values, day }: LookedUp): Html {
  const answers = flow.questions.filter(isOnForms).flatMap((question) => {
    const value = values[question.id];
    if (value === undefined) return [];
    return [html`<dt>${view.author(question.label)}</dt><dd>${view.word(describe(question, value))}</dd>`];
  });
  const title = view.say('receipt.answers', { day: { date: day } });
  return html`<section aria-labelledby="answers"><h2 id="answers">${title}</h2><dl>${answers}</dl></section>`;
}

/** Asked for where a case is looked into, and never before: a rating needs no contact. */
function contactHtml(view: View, receipt: string, { case: opened }: LookedUp, fault: string | null): Part {
  if (opened === null || opened.stage === 'closed') return null;
  const described = fault === null ? 'h-contact' : 'h-contact e-contact';
  const body = html`<label for="contact">${view.say('contact.label')}</label>
<p id="h-contact" class="help">${view.say(opened.contactLeft ? 'contact.left' : 'contact.why')}</p>
${fault !== null && html`<p id="e-contact" class="fault" role="alert">${fault}</p>`}
<input id="contact" name="contact" maxlength="${contactMax}" autocomplete="off" aria-describedby="${described}"${fault !== null && html` aria-invalid="true"`}>
<button>${view.say('contact.do')}</button>`;
  return html`<section aria-labelledby="call-back"><h2 id="call-back">${view.say('contact')}</h2>${actionHtml(view, receipt, 'contact', body)}
${opened.contactLeft && actionHtml(view, receipt, 'no-call', html`<button>${view.say('contact.withdraw')}</button>`)}</section>`;
}

/** Once there is something to rate: a reply. */
function fixHtml(view: View, receipt: string, { case: opened }: LookedUp): Part {
  if (opened?.mayRate !== true) return null;
  const options = ([3, 2, 1] as const).map(
    (level) =>
      html`<label class="option"><input type="radio" name="level" value="${level}"${opened.again === level && html` checked`}><span>${view.say(`fix.${level}`)}</span></label>`,
  );
  const body = html`<fieldset class="question"><legend>${view.say('fix')}</legend>${options}</fieldset><button>${view.say('fix.do')}</button>`;
  return html`<section>${actionHtml(view, receipt, 'fix', body)}</section>`;
}

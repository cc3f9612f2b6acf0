import type { Flow } from '../../flow/definition.ts';
import { type Fields, type Filled, isOnForms } from '../../flow/fill.ts';
import { isRelevant } from '../../flow/route.ts';
import { type Html, html, type Part } from '../html.ts';
import { hiddenHtml, otherOf, told } from '../pieces.ts';
import { chunksOf } from './chunks.ts';
import { fieldName } from './fields.ts';
import { questionHtml } from './question.ts';
import type { View } from './view.ts';

export interface Form {
  flow: Flow;
  /** Where it is sent. */
  action: string;
  /** Carried along as they are. */
  hidden: Record<string, string>;
  fields: Fields;
  values: Filled['values'];
  /** The page of questions, from 0. */
  chunk: number;
  /** Questions that the person has seen, here or on a page before. */
  shown: readonly string[];
  /** What is to be said at a question. */
  notes: ReadonlyMap<string, { words: string; isNew: boolean }>;
  /** Said above all. */
  said: { words: string; kind: 'good' | 'bad' } | null;
  /** A form to change a rating: its notice was read when it was given. */
  isChange: boolean;
  /** An address to go back to without sending anything; null without. */
  leave: string | null;
  /** Answered before by nobody: the script may put back what was not submitted. */
  isFresh: boolean;
}

/** A questionnaire as a form: at most five questions, the answers of other pages carried along. */
export function formHtml(view: View, form: Form): Html {
  const { flow, action, hidden, chunk, said, isChange, leave, isFresh } = form;
  const chunks = chunksOf(flow);
  const questions = chunks[chunk] ?? [];
  const later = chunks.slice(chunk + 1).some((some) => some.some(isOnForms));
  const seen = questions.filter((one) => isOnForms(one) && isRelevant(one, form.values)).map(({ id }) => id);
  const carried = { ...hidden, page: String(chunk), shown: [...new Set([...form.shown, ...seen])].join(' ') };
  return html`${said !== null && told(said.words, said.kind)}
${chunk === 0 && !isChange && noticeHtml(view, flow)}
<form id="form" method="post" action="${action}" novalidate${wordsForScript(view, isFresh)}>
${Object.entries(carried).map(([name, value]) => hiddenHtml(name, value))}
${othersHtml(form, new Set(questions.map(({ id }) => id)))}
${questions.map((question) => {
  const note = form.notes.get(question.id);
  const relevant = isRelevant(question, form.values);
  return questionHtml(view, question, {
    fields: form.fields,
    relevant,
    fault: note?.words ?? null,
    isNew: note?.isNew ?? false,
  });
})}
<p id="state" role="status" aria-live="polite"></p>
<p class="buttons">${buttons(view, { first: chunk === 0, last: !later, isChange, isFresh })}</p>
${leave !== null && html`<p><a class="button" href="${leave}">${view.say('leave')}</a></p>`}
${!isChange && html`<p class="agree">${view.say('notice.agree')}</p>`}
</form>`;
}

/** Who asks, why, and that nobody must stand at once in sight; the rest is a tap away, so that the levels come first. */
function noticeHtml(view: View, flow: Flow): Html {
  const [first = '', ...rest] = flow.intro === undefined ? [] : view.author(flow.intro).split('\n');
  return html`<section class="notice" aria-labelledby="notice">
<h2 id="notice">${view.say('notice')}</h2>
<p>${first}</p>
<details>
<summary>${view.say('notice.more')}</summary>
${rest.map((line) => html`<p>${line}</p>`)}
<p>${view.say('notice.page')}</p>
<p class="version">${view.say('notice.version', { version: `${flow.id}/${flow.version}` })}</p>
</details>
</section>`;
}

function buttons(
  view: View,
  { first, last, isChange, isFresh }: { first: boolean; last: boolean; isChange: boolean; isFresh: boolean },
): Part {
  const words = last ? view.say(isChange ? 'save' : 'submit') : view.say('next');
  const other = otherOf(view);
  // The first button is the one that the Enter key presses. In the middle of a form a link would lose what is written.
  return html`<button class="main"${last && html` data-last`}>${words}</button>${!first && html`<button name="go" value="back" formnovalidate>${view.say('back')}</button>`}${!isFresh && html`<button name="go" value="${other}" formnovalidate lang="${other}">${view.say('language.other')}</button>`}`;
}

/** Answers to questions of other pages. */
function othersHtml({ flow, fields }: Form, here: ReadonlySet<string>): Html[] {
  return flow.questions
    .filter((question) => isOnForms(question) && !here.has(question.id))
    .flatMap(({ id }) => [fields[id] ?? []].flat().map((value) => hiddenHtml(fieldName(id), value)));
}

/** The script has no words of its own. */
function wordsForScript(view: View, isFresh: boolean): Html {
  const words = {
    sending: view.say('sending'),
    waiting: view.say('waiting'),
    busy: view.say('busy'),
    missing: view.say('fault.missing'),
    faults: view.say('faults'),
    restored: view.say('restored'),
  };
  return html` data-words="${JSON.stringify(words)}"${isFresh && html` data-fresh`}`;
}

import { sentence } from '../../conversation/wording.ts';
import { optionsOf } from '../../flow/describe.ts';
import { type Fields, type FormQuestion, isOnForms } from '../../flow/fill.ts';
import type { NumberQuestion } from '../../flow/questions/number.ts';
import type { Question } from '../../flow/questions/question.ts';
import type { Option } from '../../flow/say.ts';
import { type Html, html } from '../html.ts';
import { fieldName } from './fields.ts';
import type { View } from './view.ts';

export interface Asked {
  fields: Fields;
  /** Whether these answers lead to it; the script shows and hides it as answers change. */
  relevant: boolean;
  /** What is wrong with its answer, or why it is pointed at; null without. */
  fault: string | null;
  /** Pointed at, and nothing is wrong. */
  isNew: boolean;
}

/** Longer answers get room to write. */
const lineMax = 80;

/** One question of a form, or a note between two. */
export function questionHtml(view: View, question: Question, asked: Asked): Html {
  const relevant = question.relevant !== undefined && JSON.stringify(question.relevant);
  const hidden = !asked.relevant && html` hidden`;
  const watched = relevant && html` data-relevant="${relevant}"`;
  if (!isOnForms(question))
    return html`<p class="note"${watched}${hidden}>${view.author(question.label)}</p>`;
  const { id, required } = question;
  const aids = aidsOf(view, question, asked);
  const described = aids.length > 0 && html` aria-describedby="${aids.map((aid) => aid.id).join(' ')}"`;
  const label = html`${view.author(question.label)}${!required && html` <span class="optional">${view.say('optional')}</span>`}`;
  const marks = html` id="q-${id}" data-question="${id}"${required && html` data-required`}${watched}${hidden}`;
  const lines = aids.map((aid) => html`<p id="${aid.id}" class="${aid.kind}">${aid.words}</p>`);
  const state = html`question${asked.fault !== null && (asked.isNew ? ' new' : ' wrong')}`;
  if (optionsOf(question).length === 0)
    return html`<div class="${state}"${marks}><label for="f-${id}">${label}</label>${lines}${inputHtml(view, question, asked, described)}</div>`;
  return html`<fieldset class="${state}"${marks}${described}><legend>${label}</legend>${lines}${optionsHtml(view, question, asked)}</fieldset>`;
}

interface Aid {
  id: string;
  kind: 'help' | 'fault';
  words: string;
}

/** The lines that help, and what is wrong. */
function aidsOf(view: View, question: FormQuestion, { fault }: Asked): Aid[] {
  const help = [
    ...(question.help === undefined ? [] : [view.author(question.help)]),
    ...hintOf(view, question),
  ].join(' ');
  return [
    ...(help === '' ? [] : [{ id: `h-${question.id}`, kind: 'help' as const, words: help }]),
    ...(fault === null ? [] : [{ id: `e-${question.id}`, kind: 'fault' as const, words: fault }]),
  ];
}

function hintOf(view: View, question: FormQuestion): string[] {
  switch (question.type) {
    case 'choices': {
      const { min, max, options } = question;
      const limited = min > 1 || max !== undefined;
      return [limited ? view.say('many.range', { min, max: max ?? options.length }) : view.say('many')];
    }
    case 'number':
      return question.counts === undefined ? [] : [view.say('counts', { ...question.counts })];
    case 'text':
      return question.max > lineMax ? [view.say('text.max', { max: question.max })] : [];
    case 'choice':
    case 'level':
    case 'date':
      return [];
  }
}

function optionsHtml(view: View, question: FormQuestion, { fields }: Asked): Html[] {
  const type = question.type === 'choices' ? 'checkbox' : 'radio';
  const chosen = [fields[question.id] ?? []].flat();
  // What was chosen by a tap can't be taken back by another: there is an option for it.
  const none: Option[] =
    type === 'radio' && !question.required ? [{ id: '', label: { key: 'survey:no-answer' } }] : [];
  return [...optionsOf(question), ...none].map(({ id, label }) => {
    const checked = id !== '' && chosen.includes(id) && html` checked`;
    return html`<label class="option"><input type="${type}" name="${fieldName(question.id)}" value="${id}"${checked}><span>${labelIn(view, label)}</span></label>`;
  });
}

function labelIn(view: View, label: Option['label']): string {
  return typeof label === 'object' && 'key' in label
    ? sentence(view.language, label.key, label.params)
    : view.author(label);
}

function inputHtml(
  view: View,
  question: FormQuestion,
  { fields, fault, isNew }: Asked,
  described: Html | false,
): Html {
  const { id } = question;
  const value = [fields[id] ?? ''].flat().join('\n');
  const wrong = fault !== null && !isNew && html` aria-invalid="true"`;
  const marks = html` id="f-${id}" name="${fieldName(id)}" autocomplete="off"${described}${wrong}`;
  switch (question.type) {
    case 'text':
      return question.max > lineMax
        ? html`<textarea${marks} rows="3" maxlength="${question.max}">
${value}</textarea>`
        : html`<input${marks} maxlength="${question.max}" value="${value}">`;
    case 'date':
      return html`<input${marks} type="date"${question.earliest && html` min="${question.earliest}"`}${question.latest && html` max="${question.latest}"`} value="${value}">`;
    case 'number':
      return html`<span class="amount"><input${marks} inputmode="${question.counts ? 'text' : 'decimal'}" value="${value}">${unitHtml(view, question)}</span>`;
    case 'choice':
    case 'choices':
    case 'level':
      return html``;
  }
}

function unitHtml(view: View, { unit }: NumberQuestion): Html | false {
  return unit !== 'count' && html` <span class="unit">${view.say(`unit.${unit}`)}</span>`;
}

// What can be tapped in answer to a message.
import { element } from './element.js';
import { word } from './words.js';

/**
 * @typedef {{id: string, label: string}} Option
 * @typedef {{target: string, question: string, options: Option[], many: boolean, numbered: boolean}} Ask
 * @typedef {(ask: Ask, options: Option[], byKey: boolean) => void} Press
 */

/** @param {Ask} ask @param {Press} press */
export function drawAsk(ask, press) {
  const box = element('fieldset', { className: 'ask' });
  box.dataset.ask = askName(ask);
  box.append(element('legend', { className: 'unseen' }, word(ask.many ? 'options-many' : 'options')));
  if (ask.many) box.append(...drawMany(ask, box, press));
  else box.append(...ask.options.map((option, index) => drawButton(ask, option, index, press)));
  return box;
}

/** Tells one ask from another. @param {{target: string, question: string}} ask */
export function askName({ target, question }) {
  return `${target} ${question}`;
}

/** @param {Ask} ask @param {Option} option @param {number} index @param {Press} press */
function drawButton(ask, option, index, press) {
  // A click made by a key counts no taps.
  const onclick = (/** @type {MouseEvent} */ event) => press(ask, [option], event.detail === 0);
  return element('button', { type: 'button', className: 'option', onclick }, drawLabel(ask, option, index));
}

/** @param {Ask} ask @param {HTMLElement} box @param {Press} press */
function drawMany(ask, box, press) {
  const ticks = ask.options.map(() => element('input', { type: 'checkbox' }));
  const chosen = () => ask.options.filter((_, index) => ticks[index]?.checked);
  const onclick = (/** @type {MouseEvent} */ event) => press(ask, chosen(), event.detail === 0);
  const submit = element(
    'button',
    { type: 'button', className: 'submit', disabled: true, onclick },
    word('submit'),
  );
  box.onchange = () => {
    submit.disabled = chosen().length === 0;
  };
  const labels = ask.options.map((option, index) =>
    element('label', { className: 'option' }, ticks[index], drawLabel(ask, option, index)),
  );
  return [...labels, submit];
}

/** The number is what may be typed instead. @param {Ask} ask @param {Option} option @param {number} index */
function drawLabel(ask, option, index) {
  return element('bdi', {}, ask.numbered ? `${index + 1}. ${option.label}` : option.label);
}

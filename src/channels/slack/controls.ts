import type { types } from '@slack/bolt';
import type { Post } from '../channel.ts';
import { askBlockId } from './ask-key.ts';
import { clip, harmless } from './harmless.ts';

type Ask = NonNullable<Post['ask']>;

/** Slack's limits: characters of a label, of a value; options of a menu; boxes to tick in one block. */
const labelMax = 75;
const valueMax = 150;
const menuMax = 100;
const boxesMax = 10;
/** More buttons than this are better shown as a menu on a phone. */
const buttonsMax = 5;
const sectionTextMax = 3000;

/** The ask as things to tap; none when Slack can't hold it, and the numbered list has to do. */
export function controls(ask: Ask): types.KnownBlock[] {
  const { options } = ask;
  const one = askBlockId('one', ask.target, ask.question);
  const pick = askBlockId('pick', ask.target, ask.question);
  const send = askBlockId('send', ask.target, ask.question);
  if (one === undefined || pick === undefined || send === undefined) return [];
  if (options.length === 0 || options.length > menuMax || options.some(({ id }) => id.length > valueMax))
    return [];
  if (ask.many) return [ticks(ask, pick), sendButton(ask, send)];
  return [options.length <= buttonsMax ? buttons(ask, one) : menu(ask, one)];
}

/** Some label is longer than Slack shows on a button or in a menu. */
export function isClipped(ask: Ask): boolean {
  return ask.options.some(({ label }) => harmless(label).length > labelMax);
}

/** The options in full, one a line, numbered as they may be typed. */
export function numbered(ask: Ask): string {
  return ask.options
    .map(({ label }, index) => `${index + 1}. ${harmless(label).replaceAll('\n', ' ')}`)
    .join('\n');
}

function buttons(ask: Ask, blockId: string): types.ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId,
    elements: ask.options.map(({ id, label }, index) => ({
      type: 'button',
      action_id: `option-${index}`,
      text: plain(label, id),
      value: id,
    })),
  };
}

function menu(ask: Ask, blockId: string): types.ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId,
    elements: [{ type: 'static_select', action_id: 'option', options: ask.options.map(option) }],
  };
}

function ticks(ask: Ask, blockId: string): types.KnownBlock {
  const options = ask.options.map(option);
  if (options.length <= boxesMax)
    return {
      type: 'actions',
      block_id: blockId,
      elements: [{ type: 'checkboxes', action_id: 'options', options }],
    };
  // A menu of several is allowed beside a text only, not among actions: the list itself is that text.
  return {
    type: 'section',
    block_id: blockId,
    text: { type: 'plain_text', text: clip(numbered(ask), sectionTextMax), emoji: false },
    accessory: { type: 'multi_static_select', action_id: 'options', options },
  };
}

function sendButton(ask: Ask, blockId: string): types.ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId,
    elements: [
      { type: 'button', action_id: 'send', style: 'primary', text: plain(ask.send ?? '✓ OK', 'OK') },
    ],
  };
}

function option({ id, label }: { id: string; label: string }): types.PlainTextOption {
  return { text: plain(label, id), value: id };
}

/** `plain_text` is shown as it is. An empty label would be refused: then the id stands for it. */
function plain(label: string, otherwise: string): types.PlainTextElement {
  return { type: 'plain_text', text: clip(harmless(label).trim() || otherwise, labelMax), emoji: false };
}

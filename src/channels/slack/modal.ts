import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ChannelField, ChannelForm } from '../form.ts';
import { clip, harmless, pieces } from './harmless.ts';

/** Slack's limits, in characters (docs.slack.dev/reference/views/modal-views, …/block-kit/blocks/input-block). */
const titleMax = 24;
const labelMax = 2_000;
const introMax = 3_000;
const optionLabelMax = 75;
const optionValueMax = 150;
const optionsMax = 100;
const metadataMax = 3_000;

/** The numbers that our fields take. */
const numberMin = '1';
const numberMax = String(2 ** 31 - 1);
const textMax = 500;

const callback = 'form:';
/** The one element of each block. */
const elementId = 'value';

/** What comes back with a dialog: where the command was given, and in which language it was asked. */
export const ModalMetadata = z.strictObject({ channel: z.string(), language: z.string() });
export type ModalMetadata = z.infer<typeof ModalMetadata>;

/** The form as a dialog; undefined when Slack can't hold it, and it has to be asked as text. */
export function modal(form: ChannelForm, channel: string): types.ModalView | undefined {
  const metadata = JSON.stringify({ channel, language: form.language } satisfies ModalMetadata);
  if (metadata.length > metadataMax || !form.fields.every(fits)) return undefined;
  return {
    type: 'modal',
    callback_id: `${callback}${form.command}`,
    private_metadata: metadata,
    title: plain(form.title, titleMax),
    submit: plain(form.submit, titleMax),
    close: plain(form.close, titleMax),
    blocks: [...intro(form.intro), ...form.fields.map(input)],
  };
}

/** The command that a dialog of ours asked for; undefined for another app's. */
export function commandOf(callbackId: string): string | undefined {
  return callbackId.startsWith(callback) ? callbackId.slice(callback.length) : undefined;
}

function fits({ kind, options }: ChannelField): boolean {
  if (kind !== 'choice') return true;
  return (
    options.length > 0 &&
    options.length <= optionsMax &&
    options.every(({ id }) => id.length <= optionValueMax)
  );
}

function intro(text: string): types.SectionBlock[] {
  return pieces(harmless(text), introMax).map((piece) => ({
    type: 'section',
    text: { type: 'plain_text', text: piece, emoji: false },
  }));
}

function input(field: ChannelField): types.InputBlock {
  return {
    type: 'input',
    block_id: field.id,
    optional: !field.required,
    label: plain(field.label, labelMax),
    hint: plain(field.hint, labelMax),
    element: element(field),
  };
}

function element({ kind, options }: ChannelField): types.InputBlock['element'] {
  const action_id = elementId;
  switch (kind) {
    case 'text':
      return { type: 'plain_text_input', action_id, multiline: false, max_length: textMax };
    case 'number':
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: false,
        min_value: numberMin,
        max_value: numberMax,
      };
    case 'date':
      return { type: 'datepicker', action_id };
    case 'choice':
      return {
        type: 'static_select',
        action_id,
        options: options.map(({ id, label }) => ({ text: plain(label, optionLabelMax), value: id })),
      };
  }
}

function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(harmless(text), max), emoji: false };
}

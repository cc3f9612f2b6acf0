import { chooseCampaign } from '../commands/campaign.ts';
import { type Command, type CommandContext, isAllowed, wordOf } from '../commands/command.ts';
import { forms } from '../commands/forms/compose.ts';
import {
  type Form,
  type FormField,
  type FormOption,
  type FormValues,
  fieldsAsked,
} from '../commands/forms/form.ts';
import { readField } from '../commands/forms/read-field.ts';
import { isOverheard, whisper } from '../commands/private.ts';
import { named, type TypedCommand } from '../commands/read.ts';
import { readControl } from '../flow/control.ts';
import type { Line, Param, Say, SentenceKey } from '../flow/say.ts';
import { inLanguage, type Language, type Text } from '../flow/text.ts';
import { type CommandForm, dropCommandForm, formMinutes, keepCommandForm } from '../store/command-forms.ts';
import { openSessionsOf } from '../store/forms.ts';
import { putAside } from './aside.ts';
import { stillOpen } from './converse.ts';
import { sentence } from './wording.ts';

/**
 * What became of a message: not meant for the form, taken by it, or the last that was missing: the command as it would be typed.
 * `again` asks for one field once more, where the command could make nothing of it; what else was given stays.
 */
export type FormHeard =
  | { kind: 'none' }
  | { kind: 'taken' }
  | { kind: 'given'; typed: TypedCommand; again(field: string, opening: Line[]): Promise<void> };

/** The zone of days where no campaign says one. */
const zoneAtHome = 'Asia/Shanghai';
const cancel = /^(?:取消|不办了|算了|cancel)[\s，,。.!！~～]*$/iu;

/**
 * Begins to ask in private for what a command wants to know. A questionnaire that is open there is set aside, so that no answer
 * slides from one into the other.
 * @returns false when the command's word alone means something
 */
export async function beginForm(context: CommandContext, command: Command): Promise<boolean> {
  const offered = (await command.form?.(context)) ?? null;
  const [first] = offered?.form.fields ?? [];
  if (offered === null || first === undefined) return false;
  const { run, turn, library, writes, at, room, campaign, campaigns } = context;
  // It is asked in private, where a room says nothing about which campaign is meant.
  if (room !== null && campaign !== null && campaigns.length > 1) await chooseCampaign(context, campaign.id);
  const open = turn.room === null ? turn.sessions : await openSessionsOf(run, turn.contact.id);
  const others = open.filter((session) => session.room === '');
  const aside = await putAside(library, writes, others, at);
  const opening = [...((await offered.opening?.()) ?? []), ...aside];
  await askFor({ context, form: offered.form, values: {}, field: first }, opening);
  return true;
}

/** Lets the form hear a message that was said in private: words, or a tap on its own question. */
export async function hearForm(context: CommandContext, asked: CommandForm): Promise<FormHeard> {
  const { body } = context.turn;
  const isPress = body.press?.target === targetOf(asked.command) && body.press.question === asked.field;
  if (body.press === undefined ? body.kind !== 'text' : !isPress) return { kind: 'none' };
  const point = await pointOf(context, asked);
  if (point === null) return leave(context, asked, 'forms:left-for');
  return isPress ? take(point, body.press?.options[0] ?? '') : hearWords(point, body.text);
}

/** Where somebody is in a form. */
interface Point {
  context: CommandContext;
  command: Command;
  form: Form;
  values: FormValues;
  field: FormField;
}

/** Null when the command is no longer theirs to give, or no longer asks for that. */
async function pointOf(context: CommandContext, asked: CommandForm): Promise<Point | null> {
  const command = named(asked.command);
  if (command === null || !isAllowed(context, command)) return null;
  const form = (await command.form?.(context))?.form;
  const field = form?.fields.find(({ id }) => id === asked.field);
  if (form === undefined || field === undefined) return null;
  return { context, command, form, values: asked.values, field };
}

async function hearWords(point: Point, text: string): Promise<FormHeard> {
  switch (cancel.test(text.trim()) ? 'leave' : readControl(text, true)?.kind) {
    case 'leave':
    case 'pause':
      return leave(point.context, point.form, 'forms:left');
    case 'back':
      return goBack(point);
    case 'resume':
      return ask(point, []);
    case 'skip':
      return point.field.required ? ask(point, []) : goOn(point, point.values);
    case 'change':
    case undefined:
      return take(point, text);
  }
}

async function take(point: Point, text: string): Promise<FormHeard> {
  const { context, field, values } = point;
  const { at, campaign } = context;
  const read = readField(field, text, { at, zone: campaign?.zone ?? zoneAtHome }, wordingsOf);
  switch (read.kind) {
    case 'wrong':
      return ask(point, [{ key: read.wrong }]);
    case 'skip':
      return goOn(point, values);
    case 'value':
      return goOn(point, { ...values, [field.id]: read.value });
  }
}

async function leave(
  context: CommandContext,
  form: Pick<CommandForm, 'command'>,
  why: SentenceKey,
): Promise<FormHeard> {
  await leaveForm(context, form, why);
  return { kind: 'taken' };
}

/** Stops asking. @param why told to the person; null for nothing */
export async function leaveForm(
  context: CommandContext,
  { command }: Pick<CommandForm, 'command'>,
  why: SentenceKey | null,
): Promise<void> {
  const { run, turn, library } = context;
  await dropCommandForm(run, turn.contact.id);
  if (why === null) return;
  const left = why === 'forms:left' ? await stillOpen(library, turn.sessions) : [];
  context.reply({ key: why, params: { title: titleOf(command) } }, ...left);
}

/** Said to somebody who answers a question that is over. */
export function tellExpired(context: CommandContext, { command }: Pick<CommandForm, 'command'>): void {
  const known = named(command);
  const word = known === null ? command : wordOf(known);
  context.reply({
    key: 'forms:expired',
    params: { title: titleOf(command), minutes: formMinutes, word },
  });
}

/** Asks for what comes next, with what was given now; or the command is complete. */
async function goOn(point: Point, values: FormValues): Promise<FormHeard> {
  const { context, command, form } = point;
  const asked = fieldsAsked(form, values);
  const next = asked.slice(asked.findIndex(({ id }) => id === point.field.id) + 1);
  // Asked again for one field, nobody is asked again for those behind it.
  const field = next.find(({ id }) => values[id] === undefined);
  if (field !== undefined && !isComplete(next, values)) return ask({ ...point, values, field }, []);
  await dropCommandForm(context.run, context.turn.contact.id);
  const language = languageOf(context);
  const rest = form.compose(values, language);
  return {
    kind: 'given',
    typed: { command, word: inLanguage(wordOf(command), language), rest },
    again: async (id, opening) => {
      const again = form.fields.find((one) => one.id === id);
      if (again === undefined) return;
      const { [id]: _wrong, ...kept } = values;
      await askFor({ context, form, values: kept, field: again }, opening);
    },
  };
}

/** Whether these fields were given before: what is still missing of them was passed over. */
function isComplete(next: readonly FormField[], values: FormValues): boolean {
  const isGiven = next.some(({ id }) => values[id] !== undefined);
  return isGiven && next.every(({ id, required }) => !required || values[id] !== undefined);
}

async function goBack(point: Point): Promise<FormHeard> {
  const asked = fieldsAsked(point.form, point.values);
  const field = asked[asked.findIndex(({ id }) => id === point.field.id) - 1];
  if (field === undefined) return ask(point, [{ key: 'forms:first' }]);
  const { [field.id]: _given, ...values } = point.values;
  return ask({ ...point, values, field }, []);
}

async function ask(point: Point, opening: Line[]): Promise<FormHeard> {
  await askFor(point, opening);
  return { kind: 'taken' };
}

/** Keeps what was given and asks for the field, in private. */
async function askFor(
  { context, form, values, field }: Omit<Point, 'command'>,
  opening: Line[],
): Promise<void> {
  const { run, turn, at } = context;
  const { command } = form;
  await keepCommandForm(run, turn.contact.id, { command, values, field: field.id }, at);
  const fields = fieldsAsked(form, values);
  const step = fields.findIndex(({ id }) => id === field.id) + 1;
  const params = { title: { key: form.title }, step, steps: fields.length, label: { key: field.label } };
  const lines: Line[] = [
    ...opening,
    { key: 'forms:ask', params },
    { key: field.hint },
    { key: field.required ? 'forms:leave' : 'forms:leave-or-skip' },
  ];
  say(context, field.options === undefined ? { lines } : { lines, ask: askOf(form, field, field.options) });
}

/** Never where others read, nor where an answer would be read by others: what one person alone sees in a room is answered aloud. */
function say(context: CommandContext, asking: Say): void {
  if (context.turn.room === null) context.ask(asking);
  else if (!isOverheard(context)) {
    whisper(context, asking);
    context.reply({ key: 'conversation:answered.privately' });
  } else context.replyPrivately(asking);
}

function askOf({ command }: Form, { id }: FormField, options: FormOption[]): NonNullable<Say['ask']> {
  return { target: targetOf(command), question: id, options, many: false, numbered: true };
}

function targetOf(command: string): string {
  return `form:${command}`;
}

/** The form's title is the same whoever gets it. */
function titleOf(command: string): Param {
  const form = forms.find((one) => one.command === command);
  return form === undefined ? command : { key: form.title };
}

function wordingsOf({ label }: FormOption): Text {
  if (typeof label === 'string' || !('key' in label)) return label;
  return { 'zh-CN': sentence('zh-CN', label.key), en: sentence('en', label.key) };
}

function languageOf({ turn }: CommandContext): Language {
  return turn.contact.language ?? 'zh-CN';
}

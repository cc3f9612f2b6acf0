import type { ChannelField, ChannelForm, Forms } from '../channels/form.ts';
import { isAllowed } from '../commands/command.ts';
import { composed } from '../commands/forms/compose.ts';
import type { Form, FormField } from '../commands/forms/form.ts';
import { readCommand } from '../commands/read.ts';
import type { Line } from '../flow/say.ts';
import { inLanguage, type Language, languages } from '../flow/text.ts';
import { runIn, type Transaction } from '../store/database.ts';
import type { WaitingTurn } from '../store/turns.ts';
import { commitWrites, noWrites } from '../store/writes.ts';
import { commandIn } from './command-context.ts';
import type { TurnOptions } from './turn.ts';
import { post, sentence } from './wording.ts';

/** The forms of commands for channels that show all fields at once; the same as are asked one by one elsewhere. */
export function createDialogs(options: TurnOptions): Forms {
  return {
    asked: async ({ channel, urn, room, text }) => {
      const body = { kind: 'text', text, addressed: true, slash: true } as const;
      const typed = readCommand(body);
      if (typed?.command?.form === undefined) return null;
      return options.database.prisma.$transaction(async (transaction) => {
        const contact = await personAt(transaction, urn);
        if (contact === null) return null;
        const turn: WaitingTurn = {
          ...{ seq: 0, channel, urn, room, body, attempts: 0, contact },
          ...{ attachments: [], held: false, asked: false, sessions: [] },
        };
        return dialogFor(options, transaction, turn);
      });
    },
    words: ({ command, language }, values) => {
      const rest = composed(command, values, languageOf(language));
      return rest === null ? null : `${command} ${rest}`.trim();
    },
  };
}

/** Null for a command with words behind it, for one that asks nothing of this person, and for one that is not theirs to give. */
async function dialogFor(
  options: TurnOptions,
  transaction: Transaction,
  turn: WaitingTurn,
): Promise<ChannelForm | null> {
  const at = options.clock.now().toISOString();
  const run = runIn(transaction);
  const writes = noWrites();
  const given = { ...options, run, transaction, turn, at, writes };
  const { typed, context } = await commandIn(given, readCommand(turn.body));
  const command = typed?.rest === '' ? typed.command : null;
  if (command === null || !isAllowed(context, command)) return null;
  const offered = (await command.form?.(context)) ?? null;
  if (offered === null) return null;
  const form = formIn(
    offered.form,
    (await offered.opening?.()) ?? [],
    languageOf(turn.contact.language ?? ''),
  );
  // What is secret and was shown is kept in the audit log; nothing else is written here.
  await commitWrites(run, { ...noWrites(), audit: writes.audit });
  return form;
}

/** A form in one language. @param opening said before its questions */
export function formIn(form: Form, opening: Line[], language: Language): ChannelForm {
  return {
    command: form.command,
    language,
    title: sentence(language, form.title),
    submit: sentence(language, 'forms:submit'),
    close: sentence(language, 'forms:close'),
    intro: post({ lines: opening }, language).text,
    fields: form.fields.map((field) => fieldIn(field, language)),
  };
}

function fieldIn(
  { id, label, hint, kind, required, options = [] }: FormField,
  language: Language,
): ChannelField {
  return {
    ...{ id, kind, required },
    label: sentence(language, label),
    hint: sentence(language, hint),
    options: options.map(({ id, label }) => ({
      id,
      label:
        typeof label === 'object' && 'key' in label
          ? sentence(language, label.key)
          : inLanguage(label, language),
    })),
  };
}

async function personAt(transaction: Transaction, urn: string): Promise<WaitingTurn['contact'] | null> {
  const row = await transaction.urn.findUnique({ where: { urn }, select: { contact: true } });
  if (row === null) return null;
  const { id, language, address, title } = row.contact;
  return {
    id,
    address,
    language: language as Language | null,
    title: title as WaitingTurn['contact']['title'],
  };
}

function languageOf(language: string): Language {
  return languages.find((one) => one === language) ?? languages[0];
}

import type { Line, SentenceKey } from '../../flow/say.ts';
import type { Language, Text } from '../../flow/text.ts';
import type { CommandName } from '../../roles.ts';

/**
 * What a command wants to know, field by field: asked one by one as text, or all at once in a dialog where the channel has such.
 * Pure; the command itself stays the only judge of what is given.
 */
export interface Form {
  /** The command that is given with the composed words. */
  command: CommandName;
  title: SentenceKey;
  /** In the order in which they are asked. */
  fields: FormField[];
  /** What a person would have typed behind the command. `values` by field; those that were passed over are missing. */
  compose(values: FormValues, language: Language): string;
}

export interface FormField {
  /** Lower-case letters; unique in its form. */
  id: string;
  label: SentenceKey;
  /** One sentence with an example, shown with the question. */
  hint: SentenceKey;
  kind: 'text' | 'number' | 'date' | 'choice';
  required: boolean;
  /** Of a choice, in the order shown. */
  options?: FormOption[];
  /** Whether it is asked at all, by what was given before it; where all fields are asked at once, it may stay empty. */
  when?(values: FormValues): boolean;
}

export interface FormOption {
  id: string;
  label: Text | { key: SentenceKey };
  /** Other words that mean it. */
  synonyms?: string[];
}

/** A number is in digits, a date YYYY-MM-DD, a choice the option's id, a text as it was written. */
export type FormValues = Readonly<Record<string, string>>;

/** A form as one person gets it. */
export interface OfferedForm {
  form: Form;
  /** What is said before the first question. */
  opening?(): Promise<Line[]>;
}

/** The fields that are asked of somebody who has given these values. */
export function fieldsAsked({ fields }: Pick<Form, 'fields'>, values: FormValues): FormField[] {
  return fields.filter(({ when }) => when === undefined || when(values));
}

/** Characters (code points) of one text. */
const textMax = 500;

/** A text on one line, without what nobody can see. */
export function oneLine(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, textMax).join('').trim();
}

/** The arrow that parts two names: nobody types it in a name, and the commands read it before all else. */
export const arrow = '→';

/** Characters (code points) of names. */
const nameMax = 200;

/** The name of a unit or person: nothing in it parts names, or agrees to what was not asked yet. */
export function name(value: string): string {
  const bare = oneLine(value)
    .replace(/\s*→+\s*/gu, ' ')
    .replace(/(?:[\s,，;；]*(?:确认|confirm))+$/iu, '');
  return [...bare].slice(0, nameMax).join('').trim();
}

/** What a command would read as its own at the end of a sentence: a confirmation, a message's number, a campaign's code. */
const ownWord = /(?:^|[\s,，;；])(?:确认|confirm|@\d+|[a-z0-9]+(?:-[a-z0-9]+)*)$/iu;

/** A person's own sentence: a last word that could be a command's is closed by a full stop. */
export function ownSentence(value: string, language: Language): string {
  const line = oneLine(value);
  if (!ownWord.test(line)) return line;
  return `${line}${language === 'en' ? '.' : '。'}`;
}

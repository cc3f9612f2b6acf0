import { saysNothing } from '../../flow/reading/baffled.ts';
import { readDate } from '../../flow/reading/date.ts';
import { readNumeral } from '../../flow/reading/numeral.ts';
import { optionReader, readWith } from '../../flow/reading/option.ts';
import type { ReadingContext } from '../../flow/reading/reading.ts';
import type { SentenceKey } from '../../flow/say.ts';
import type { Text } from '../../flow/text.ts';
import { type FormField, type FormOption, oneLine } from './form.ts';

/** What words mean for one field; `wrong` says what is to be sent instead. */
export type FieldReading =
  | { kind: 'value'; value: string }
  | { kind: 'skip' }
  | { kind: 'wrong'; wrong: SentenceKey };

const numbered =
  /^(?:任务|问题|编号|task|no\.?|number)?\s*[#＃第]?\s*(\S{1,12}?)\s*(?:号|项|题|条)?(?:任务|问题|事项)?$/iu;

/** Reads what was written for a field. @param label an option's wording in every language */
export function readField(
  field: FormField,
  text: string,
  context: ReadingContext,
  label: (option: FormOption) => Text,
): FieldReading {
  const said = text.trim();
  if (!field.required && saysNothing(said)) return { kind: 'skip' };
  switch (field.kind) {
    case 'text': {
      const value = oneLine(said);
      return value === '' ? wrong('forms:wrong.text') : { kind: 'value', value };
    }
    case 'number': {
      const number = readNumeral(numbered.exec(said)?.[1] ?? '');
      const isNumber = number !== undefined && Number.isInteger(number) && number > 0 && number < 2 ** 31;
      return isNumber ? { kind: 'value', value: String(number) } : wrong('forms:wrong.number');
    }
    case 'date': {
      const read = readDate(said, context);
      return read.kind === 'value' ? { kind: 'value', value: read.value } : wrong('forms:wrong.date');
    }
    case 'choice':
      return choice(field.options ?? [], said, label);
  }
}

function choice(options: FormOption[], said: string, label: (option: FormOption) => Text): FieldReading {
  const word = said.toLowerCase();
  const synonym = options.find(({ id, synonyms }) => id === word || synonyms?.includes(word));
  if (synonym !== undefined) return { kind: 'value', value: synonym.id };
  const read = readWith(optionReader(options.map((one) => ({ id: one.id, label: label(one) }))), said);
  return read.kind === 'value' ? { kind: 'value', value: read.value } : wrong('forms:wrong.choice');
}

function wrong(key: SentenceKey): FieldReading {
  return { kind: 'wrong', wrong: key };
}

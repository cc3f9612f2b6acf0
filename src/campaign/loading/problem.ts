import type { Params } from '../../flow/say.ts';
import type { CampaignSentence, FilesSentence } from '../refusal.ts';

/** Where in a file something stands: keys and list places (from 0) from the root. */
export type Path = (string | number)[];

/** Something wrong or doubtful, before its line is looked up. */
export interface Problem {
  path: Path;
  /** Point at the key rather than at its value. */
  atKey?: boolean;
  /** Names that may have been meant; looked for only when the problem is told. The sentence then is the `-near` one. */
  near?: () => string[];
  sentence: { key: `campaign:${CampaignSentence}` | `files:${FilesSentence}`; params: Params };
}

export function problem(path: Path, sentence: CampaignSentence, params: Params = {}): Problem {
  return { path, sentence: { key: `campaign:${sentence}`, params } };
}

/** The same with a sentence about files and what they take from one another. */
export function fileProblem(path: Path, sentence: FilesSentence, params: Params = {}): Problem {
  return { path, sentence: { key: `files:${sentence}`, params } };
}

/** One of the problems for which there is a second sentence with names that may have been meant. */
export function unknownName(
  path: Path,
  sentence: Extract<CampaignSentence, `fault.unknown-${'key' | 'unit' | 'flow' | 'question'}`>,
  name: string,
  near: () => string[],
): Problem {
  return { ...problem(path, sentence, { name: shown(name) }), near };
}

/** The sentence of a problem, with the names that may have been meant where there are any. */
export function sentenceOf({ sentence, near }: Problem): Problem['sentence'] {
  const names = near?.() ?? [];
  if (names.length === 0) return sentence;
  const key = `${sentence.key}-near` as Problem['sentence']['key'];
  return { key, params: { ...sentence.params, near: { list: names } } };
}

/** `activities[0].pairs[2].inspected` */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** What stands at a path of a plain value; undefined when nothing does. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? Reflect.get(inner, step)
        : undefined,
    value,
  );
}

/** A value of the file as it can be quoted in a sentence. */
export function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? '…' : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

import type { Request } from 'express';
import { sentence } from '../conversation/wording.ts';
import type { Param, Params, SentenceKey } from '../flow/say.ts';
import { inLanguage, type Language, languages, type Text } from '../flow/text.ts';

/** A sentence of `locales/<language>/<File>.json`, without its file's name. */
export type KeyIn<File extends string> =
  Extract<SentenceKey, `${File}:${string}`> extends `${File}:${infer Key}` ? Key : never;

/** How one person sees the pages. */
export interface PageView<Key extends string> {
  language: Language;
  say(key: Key, params?: Params): string;
  /** Anything that can stand in a sentence, alone. */
  word(param: Param): string;
  author(text: Text): string;
  /** An address on this host, in the language that was chosen. */
  to(path: string, query?: Record<string, string>): string;
}

/** @param isChosen whether the links of the page keep to the language */
export function viewIn<File extends string>(
  file: File,
  language: Language,
  isChosen: boolean,
): PageView<KeyIn<File>> {
  return {
    language,
    say: (key, params) => sentence(language, `${file}:${key}` as SentenceKey, params),
    word: (param) => sentence(language, 'survey:value', { value: param }),
    author: (text) => inLanguage(text, language),
    to: (path, query = {}) => {
      const all = new URLSearchParams({ ...query, ...(isChosen ? { lang: language } : {}) }).toString();
      return all === '' ? path : `${path}?${all}`;
    },
  };
}

/** The language among those we speak, or undefined. */
export function known(given: unknown): Language | undefined {
  return languages.find((one) => one === given);
}

/** Chinese unless English is preferred: whoever reads neither still sees what the windows speak. */
export function preferred(request: Request): Language {
  return request.acceptsLanguages('zh', 'zh-CN', 'en') === 'en' ? 'en' : 'zh-CN';
}

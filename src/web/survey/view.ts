import type { Request } from 'express';
import { sentence } from '../../conversation/wording.ts';
import type { Param, Params, SentenceKey } from '../../flow/say.ts';
import { inLanguage, type Language, languages, type Text } from '../../flow/text.ts';

/** A sentence of `locales/<language>/survey.json`, without its file's name. */
export type SurveyKey = Extract<SentenceKey, `survey:${string}`> extends `survey:${infer Key}` ? Key : never;

/** How one person sees the pages. */
export interface View {
  language: Language;
  say(key: SurveyKey, params?: Params): string;
  /** Anything that can stand in a sentence, alone. */
  word(param: Param): string;
  author(text: Text): string;
  /** An address on this host, in the language that was chosen. */
  to(path: string, query?: Record<string, string>): string;
}

/** By the button that was pressed, or by `?lang=`, else by what the browser prefers. */
export function viewOf(request: Request, pressed?: string): View {
  const known = (given: unknown) => languages.find((one) => one === given);
  const chosen = known(pressed) ?? known(request.query.lang);
  return view(chosen ?? preferred(request), chosen !== undefined);
}

export function view(language: Language, isChosen: boolean): View {
  const say: View['say'] = (key, params) => sentence(language, `survey:${key}` as SentenceKey, params);
  return {
    language,
    say,
    word: (param) => say('value', { value: param }),
    author: (text) => inLanguage(text, language),
    to: (path, query = {}) => {
      const all = new URLSearchParams({ ...query, ...(isChosen ? { lang: language } : {}) }).toString();
      return all === '' ? path : `${path}?${all}`;
    },
  };
}

/** Chinese unless English is preferred: whoever reads neither still sees what the windows speak. */
function preferred(request: Request): Language {
  return request.acceptsLanguages('zh', 'zh-CN', 'en') === 'en' ? 'en' : 'zh-CN';
}

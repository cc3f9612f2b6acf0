import en from '../../locales/en/campaign.json' with { type: 'json' };
import enFiles from '../../locales/en/files.json' with { type: 'json' };
import zh from '../../locales/zh-CN/campaign.json' with { type: 'json' };
import zhFiles from '../../locales/zh-CN/files.json' with { type: 'json' };
import type { Params, SentenceKey } from '../../src/flow/say.ts';

const files: Record<'en' | 'zh-CN', Record<string, string>> = {
  en: { ...en, ...enFiles },
  'zh-CN': { ...zh, ...zhFiles },
};

/** A sentence of `locales/<language>/campaign.json` or `files.json` as a person reads it; throws when it or a value in it is missing. */
export function tell(
  { key, params = {} }: { key: SentenceKey; params?: Params },
  language: 'en' | 'zh-CN' = 'en',
): string {
  const template = files[language][key.replace(/^\w+:/, '')];
  if (template === undefined) throw new Error(`no sentence ${key}`);
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${key} lacks ${name}`);
    return written(value, language);
  });
}

function written(value: Params[string], language: 'en' | 'zh-CN'): string {
  if (typeof value !== 'object') return String(value);
  if ('list' in value) return value.list.map((one) => written(one, language)).join(', ');
  if ('key' in value) return tell(value, language);
  if ('date' in value) return value.date;
  if ('instant' in value) return value.instant;
  return value[language];
}

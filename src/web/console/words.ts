import en from '../../../locales/en/console.json' with { type: 'json' };
import zh from '../../../locales/zh-CN/console.json' with { type: 'json' };
import type { Language } from '../../flow/text.ts';

/** The page's own words; it takes all languages at once, so that changing over needs no network. */
export const words: Record<Language, Record<keyof typeof zh, string>> = { 'zh-CN': zh, en };

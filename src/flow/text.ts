import { z } from 'zod';

/** The languages Duban speaks; the first is the default. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** Words written by a campaign's author: one string for every language, or one string a language. */
export const Text = z.union([
  z.string().min(1),
  z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) }),
]);
export type Text = z.infer<typeof Text>;

/** The author's words in one language. */
export function inLanguage(text: Text, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

import type { Language } from '../flow/text.ts';
import { type Html, html } from './html.ts';

export function otherOf({ language }: { language: Language }): Language {
  return language === 'en' ? 'zh-CN' : 'en';
}

/** What is said about what was just done, read aloud at once. */
export function told(words: string, kind: 'good' | 'bad'): Html {
  return html`<p class="told ${kind}" role="${kind === 'good' ? 'status' : 'alert'}">${words}</p>`;
}

export function paragraphs(words: string): Html[] {
  return words.split(/\n+/).map((line) => html`<p>${line}</p>`);
}

export function hiddenHtml(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

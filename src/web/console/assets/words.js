// The page's own words. What people and the bot say comes from the server and is never translated here.

/** @typedef {string | Record<string, string>} Text one wording, or one a language */

const kept = 'duban-language';
/** @type {Record<string, Record<string, string>>} */
let words = {};
/** Chinese unless the visitor chose otherwise before. */
let language = localStorage.getItem(kept) === 'en' ? 'en' : 'zh-CN';

export async function loadWords() {
  words = await (await fetch('words.json')).json();
}

export function currentLanguage() {
  return language;
}

export function otherLanguage() {
  language = language === 'en' ? 'zh-CN' : 'en';
  localStorage.setItem(kept, language);
}

/**
 * One sentence of ours.
 * @param {string} key of locales/<language>/console.json
 * @param {Record<string, string>} params
 */
export function word(key, params = {}) {
  const sentence = words[language]?.[key];
  if (sentence === undefined) throw new Error(`no word for ${key}`);
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name) => params[name] ?? '');
}

/** Somebody else's wording in the page's language. @param {Text} text */
export function worded(text) {
  return typeof text === 'string' ? text : (text[language] ?? Object.values(text)[0] ?? '');
}

/** Writes our words wherever the page has room for them. */
export function writeWords() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll('[data-word]'))
    place.textContent = word(place.getAttribute('data-word') ?? '');
  for (const place of document.querySelectorAll('[data-label]'))
    place.setAttribute('aria-label', word(place.getAttribute('data-label') ?? ''));
  for (const place of document.querySelectorAll('[data-hint]'))
    place.setAttribute('placeholder', word(place.getAttribute('data-hint') ?? ''));
}

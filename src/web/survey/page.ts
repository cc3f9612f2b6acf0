import { html, type Part } from '../html.ts';
import { otherOf } from '../pieces.ts';
import { assetPaths } from './assets.ts';
import type { View } from './view.ts';

export interface Page {
  title: string;
  /** Below the title: what is rated. */
  about?: string | null;
  body: Part;
  /** Where the other language leads; null where a form's own button does it, so that nothing filled in is lost. */
  otherLanguage: string | null;
  rehearsal: boolean;
}

/** A whole page. It works without its script, and looks plain without its style. */
export function page(view: View, { title, about, body, otherLanguage, rehearsal }: Page): string {
  const mark = rehearsal ? `${view.say('rehearsal')} ` : '';
  const [other, name] = [otherOf(view), view.say('language.other')];
  const made = html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${mark}${title}</title>
<link rel="icon" href="${assetPaths.icon}">
<link rel="stylesheet" href="${assetPaths.style}">
<script src="${assetPaths.script}" defer></script>
</head>
<body>
<header>
${rehearsal && html`<p class="rehearsal">${view.say('rehearsal')}</p>`}
${otherLanguage !== null && html`<a class="language" href="${otherLanguage}" lang="${other}" hreflang="${other}">${name}</a>`}
<h1>${title}</h1>
${about && html`<p class="about">${view.say('about', { about })}</p>`}
</header>
<main>
${body}
</main>
</body>
</html>
`;
  return made.markup;
}

import type { Request } from 'express';
import { type KeyIn, known, type PageView, preferred, viewIn } from '../view.ts';

/** A sentence of `locales/<language>/survey.json`, without its file's name. */
export type SurveyKey = KeyIn<'survey'>;

/** How one person sees the pages. */
export type View = PageView<SurveyKey>;

/** By the button that was pressed, or by `?lang=`, else by what the browser prefers. */
export function viewOf(request: Request, pressed?: string): View {
  const chosen = known(pressed) ?? known(request.query.lang);
  return viewIn('survey', chosen ?? preferred(request), chosen !== undefined);
}

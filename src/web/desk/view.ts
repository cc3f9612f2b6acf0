import type { Request } from 'express';
import type { Language } from '../../flow/text.ts';
import { type KeyIn, known, type PageView, preferred, viewIn } from '../view.ts';

/** A sentence of `locales/<language>/web.json`, without its file's name. */
export type WebKey = KeyIn<'web'>;

/** How one person sees the dashboard. */
export type View = PageView<WebKey>;

/** By `?lang=`, else as the bot speaks to the person, else by what the browser prefers. */
export function viewOf(request: Request, own: Language | null): View {
  const chosen = known(request.query.lang);
  return viewIn('web', chosen ?? own ?? preferred(request), chosen !== undefined);
}

import type { Request, Response } from 'express';
import type { OpenSurvey } from '../../conversation/ratings.ts';
import { secureHeaders } from '../guard.ts';
import type { Part } from '../html.ts';
import type { SurveyDoors } from './doors.ts';
import { page } from './page.ts';
import { type Refusal, refusalHtml, refusals } from './plain-page.ts';
import type { View } from './view.ts';

/** One request on its way to an answer. */
export interface Exchange {
  doors: SurveyDoors;
  request: Request;
  response: Response;
  view: View;
}

export interface Shown {
  status: number;
  title: string;
  about: string | null;
  body: Part;
  otherLanguage: string | null;
}

export function show({ doors, response, view }: Exchange, { status, ...shown }: Shown): void {
  response
    .set(secureHeaders)
    .status(status)
    .type('html')
    .send(page(view, { ...shown, rehearsal: doors.rehearsal }));
}

/** Whether our script asks, which wants to know in JSON what came of it. */
export function isScript(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}

export function answerScript({ response }: Exchange, status: number, answer: object | null): void {
  response.set(secureHeaders).status(status).json(answer);
}

/** @param path of the survey that was wanted; null where it is none */
export function refuse(exchange: Exchange, refusal: Refusal, path: string | null): void {
  const { request, view } = exchange;
  const { status, title } = refusals[refusal];
  if (isScript(request)) {
    answerScript(exchange, status, { message: view.say(refusal) });
    return;
  }
  show(exchange, {
    status,
    title: view.say(title),
    about: null,
    body: refusalHtml(view, refusal, path),
    otherLanguage: otherLanguage(view, path ?? '/r'),
  });
}

/** The same page in the other language. */
export function otherLanguage({ language }: View, path: string, query: Record<string, string> = {}): string {
  return `${path}?${new URLSearchParams({ ...query, lang: language === 'en' ? 'zh-CN' : 'en' })}`;
}

const secureHead = Object.entries(secureHeaders).flat();

/**
 * After a form: another address, so that reloading sends nothing again.
 * @param cookie a whole Set-Cookie
 */
export function goTo(exchange: Exchange, path: string, cookie: string | null = null): void {
  const { request, response } = exchange;
  if (isScript(request)) {
    if (cookie !== null) response.set('Set-Cookie', cookie);
    answerScript(exchange, 200, { to: path });
    return;
  }
  // Express's own would write a page for those few bytes; that and its headers one by one are a fifth of what a rating takes.
  const setCookie = cookie === null ? [] : ['Set-Cookie', cookie];
  response.writeHead(303, [...secureHead, 'Location', path, ...setCookie]).end();
}

/** What is rated, as the window would be pointed at. */
export function aboutOf(view: View, about: Pick<OpenSurvey, 'unitName' | 'matter'>): string | null {
  const parts = [about.unitName === null ? null : view.author(about.unitName), about.matter];
  return parts.filter((part) => part !== null).join(' · ') || null;
}

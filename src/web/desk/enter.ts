import { type RequestHandler, Router } from 'express';
import { machineClock } from '../../clock.ts';
import { appendAudit } from '../../store/audit.ts';
import { inTransaction, runOn } from '../../store/database.ts';
import { endSession, endSessions, isLogin, linkMinutes, useLogin, whoIs } from '../../store/web-sessions.ts';
import { isForeign } from '../guard.ts';
import { html } from '../html.ts';
import { hiddenHtml, paragraphs } from '../pieces.ts';
import { cookieIn, dropCookie, keepCookie } from './cookie.ts';
import type { DeskDoors } from './doors.ts';
import { plainPage } from './page.ts';
import { viewOf } from './view.ts';

/**
 * `/desk/in/<secret>`: the way in from the chat. Opening the link uses nothing up, because chats open links by themselves to
 * show what is behind them; pressing the button there does. `/desk/out` is the way out, of this browser or of all.
 */
export function enterRoutes(doors: DeskDoors, body: RequestHandler[]): Router {
  const router = Router();
  const now = () => (doors.machine ?? machineClock).now();
  router.get('/desk/in/:secret', async (request, response) => {
    const view = viewOf(request, null);
    const secret = String(request.params.secret);
    const good = await isLogin(runOn(doors.database.pool), secret, now());
    const title = view.say(good ? 'enter.title' : 'enter.bad.title');
    const action = view.to(`/desk/in/${encodeURIComponent(secret)}`);
    const page = good
      ? html`<p>${view.say('enter.how')}</p><form method="post" action="${action}">${hiddenHtml('go', 'in')}<button class="main">${view.say('enter.do')}</button></form>`
      : paragraphs(view.say('enter.bad', { minutes: linkMinutes }));
    response
      .status(good ? 200 : 410)
      .type('html')
      .send(plainPage(view, { title, body: page, rehearsal: doors.rehearsal }));
  });
  router.post('/desk/in/:secret', ...body, async (request, response) => {
    const view = viewOf(request, null);
    const foreign = isForeign(request, doors.publicUrl());
    const used = foreign ? null : await enter(doors, String(request.params.secret), now());
    if (used === null) {
      const title = view.say('enter.bad.title');
      const words = paragraphs(view.say('enter.bad', { minutes: linkMinutes }));
      response
        .status(foreign ? 403 : 410)
        .type('html')
        .send(plainPage(view, { title, body: words, rehearsal: doors.rehearsal }));
      return;
    }
    keepCookie(response, used, request.secure || doors.publicUrl().startsWith('https:'));
    response.redirect(303, view.to('/desk'));
  });
  router.post('/desk/out', ...body, async (request, response) => {
    const view = viewOf(request, null);
    const cookie = cookieIn(request);
    if (cookie !== null && !isForeign(request, doors.publicUrl()))
      await leave(doors, cookie, now(), request.body?.go === 'everywhere');
    dropCookie(response);
    response.redirect(303, view.to('/desk'));
  });
  return router;
}

/** @returns the cookie; null for a link that was used, is over, or never was */
async function enter(doors: DeskDoors, secret: string, now: Date): Promise<string | null> {
  return inTransaction(doors.database.pool, async (run) => {
    const used = await useLogin(run, secret, now);
    if (used === null) return null;
    const about = `contact:${used.contactId}`;
    const at = doors.clock.now().toISOString();
    await appendAudit(run, [
      { at, by: used.contactId, kind: 'desk.login', campaignId: null, about, data: {} },
    ]);
    return used.cookie;
  });
}

async function leave(doors: DeskDoors, cookie: string, now: Date, everywhere: boolean): Promise<void> {
  await inTransaction(doors.database.pool, async (run) => {
    const known = await whoIs(run, cookie, now);
    if (known === null) return;
    if (everywhere) await endSessions(run, known.contactId, now);
    else await endSession(run, cookie, now);
    const about = `contact:${known.contactId}`;
    const at = doors.clock.now().toISOString();
    await appendAudit(run, [
      { at, by: known.contactId, kind: 'desk.logout', campaignId: null, about, data: { everywhere } },
    ]);
  });
}

import type { Request, RequestHandler, Response } from 'express';
import { html } from '../html.ts';
import { paragraphs } from '../pieces.ts';
import { may, type PageName } from './access.ts';
import { admit, inCampaign, note } from './admit.ts';
import type { DeskDoors } from './doors.ts';
import { type Exchange, firstPath, type InCampaign, type Shown } from './exchange.ts';
import { deskPage, plainPage } from './page.ts';
import { viewOf } from './view.ts';

/** Runs `work` for somebody who is logged in, has a part in the campaign, and may see the page; everybody else is told. */
export function inside(
  doors: DeskDoors,
  name: PageName,
  work: (exchange: InCampaign) => Promise<void>,
): RequestHandler {
  return async (request, response) => {
    const exchange = await admit(doors, request, response);
    if (exchange === null) return notLoggedIn(doors, request, response);
    const known = await inCampaign(exchange, String(request.params.campaign));
    // What no database takes names nothing.
    const named = Object.values(request.params).every((value) => !String(value).includes('\u0000'));
    if (known === null || !named) return missing(exchange);
    if (!may(known.person, { name, campaignId: known.campaign.id })) return refuse(known, name);
    await work(known);
  };
}

export function send(exchange: Exchange, shown: Shown): void {
  exchange.response
    .status(shown.status ?? 200)
    .type('html')
    .send(deskPage(exchange, shown));
}

/** The same whether there is no such thing or it is not for this person. */
export function missing(exchange: Exchange): void {
  const { view } = exchange;
  send(exchange, {
    title: view.say('missing.title'),
    body: paragraphs(view.say('missing')),
    nav: 'home',
    status: 404,
  });
}

/** In words, and in the audit log. */
export async function refuse(exchange: InCampaign, name: PageName): Promise<void> {
  const { view, campaign } = exchange;
  await note(exchange, [
    {
      ...{ kind: 'desk.page', campaignId: campaign.id, about: `page:${name}` },
      data: { page: name, refused: true },
    },
  ]);
  send(exchange, {
    title: view.say('refused.title'),
    body: html`${paragraphs(view.say('refused'))}<p><a href="${view.to(firstPath(exchange, campaign))}">${view.say('back-to-own')}</a></p>`,
    nav: 'home',
    status: 403,
  });
}

/** Where somebody is to ask the bot for a link. */
export function notLoggedIn(doors: DeskDoors, request: Request, response: Response): void {
  const view = viewOf(request, null);
  if (request.accepts(['html', 'text/event-stream']) !== 'html') {
    response.status(401).end();
    return;
  }
  const title = view.say('out.title');
  response
    .status(401)
    .type('html')
    .send(plainPage(view, { title, body: paragraphs(view.say('out')), rehearsal: doors.rehearsal }));
}
